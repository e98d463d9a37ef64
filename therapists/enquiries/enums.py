"""Choices of an enquiry that the form, the matching and the admin share."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class StartHorizon(IntegerChoices):
    """Within how many weeks someone hopes to start."""

    ONE_WEEK = 1, _("Within a week")
    TWO_WEEKS = 2, _("Within two weeks")
    FOUR_WEEKS = 4, _("Within a month")
    EIGHT_WEEKS = 8, _("Within two months")


class Priority(TextChoices):
    """What someone may mark as mattering most. It counts double; an essential is not a preference."""

    GENDER = "gender", _("The therapist’s gender")
    LANGUAGE = "language", _("The language")
    APPROACH = "approach", _("The kind of therapy")
    TIMES = "times", _("The times")
    FEE = "fee", _("The fee")
    START = "start", _("Starting soon")


class State(TextChoices):
    """The state of an enquiry. `services.lifecycle` holds which may follow which."""

    RECEIVED = "received", _("Received")
    SAFETY_HOLD = "safety_hold", _("Safety check")
    REVIEW = "review", _("Being read")
    SHORTLISTED = "shortlisted", _("Shortlisted")
    OFFERED = "offered", _("Offered to a therapist")
    ACCEPTED = "accepted", _("Accepted by a therapist")
    INTRODUCED = "introduced", _("Introduced")
    CONSULTED = "consulted", _("First consultation held")
    STARTED = "started", _("Therapy started")
    NOT_STARTED = "not_started", _("Therapy not started")
    NO_MATCH = "no_match", _("No match")
    ALTERNATIVES = "alternatives", _("Alternatives sent")
    WAITLIST = "waitlist", _("Waiting for a place")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    CLOSED = "closed", _("Closed")


#: Nothing is to be done in these. Every other state has a deadline, which a constraint demands.
AT_REST = frozenset({State.ALTERNATIVES, State.STARTED, State.NOT_STARTED, State.WITHDRAWN, State.CLOSED})
