"""What each state means to the person who wrote."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from therapists.enquiries.enums import State


@dataclass(frozen=True)
class Standing:
    heading: str | Promise
    explanation: str | Promise
    #: What is due by the enquiry's deadline; empty where the visitor waits for nothing.
    due: str | Promise = ""


_GETTING_TO_IT = _("We mean to get to it by %(day)s.")
_BEING_READ = Standing(
    _("We are reading your message"),
    _("A person at the practice reads what you wrote and looks for a therapist who fits."),
    _GETTING_TO_IT,
)
_ASKING = Standing(
    _("We are asking a therapist"),
    _("The therapist sees what you are looking for, and neither your name nor how to reach you."),
    _("They have until %(day)s to answer. If they cannot help, we ask someone else."),
)

STANDINGS: dict[State, Standing] = {
    State.RECEIVED: Standing(
        _("We have your message"),
        _("It is safe with us. A person at the practice will read it soon."),
        _GETTING_TO_IT,
    ),
    # Someone who may be at risk is told the same as everyone, beside the help that every page shows.
    State.SAFETY_HOLD: _BEING_READ,
    State.REVIEW: _BEING_READ,
    State.SHORTLISTED: _BEING_READ,
    State.OFFERED: _ASKING,
    State.ACCEPTED: Standing(
        _("A therapist has a place for you"),
        _("We check that everything fits, and then introduce you."),
        _("We mean to introduce you by %(day)s."),
    ),
    State.INTRODUCED: Standing(
        _("You have been introduced"),
        _("Your therapist now knows who you are and how to reach you."),
    ),
    State.CONSULTED: Standing(
        _("Your first consultation has taken place"),
        _("Take your time to decide. If it did not feel right, tell us and we look again."),
    ),
    State.STARTED: Standing(_("You have started"), _("Your therapist is your contact from here on.")),
    State.NOT_STARTED: Standing(
        _("You have not started"), _("If you would like us to look again, write or call.")
    ),
    State.NO_MATCH: Standing(
        _("We have not found a therapist yet"),
        _("No one here fits what you need at the moment. A person will tell you what else there is."),
        _("We mean to write to you by %(day)s."),
    ),
    State.ALTERNATIVES: Standing(
        _("We have told you about other places"),
        _("No one here fits what you need at the moment. You are welcome to come back."),
    ),
    State.WAITLIST: Standing(
        _("You are waiting for a place"), _("We write or call as soon as a place opens that fits.")
    ),
    State.WITHDRAWN: Standing(
        _("You have withdrawn"), _("We do nothing more with your message, and erase it before long.")
    ),
    State.CLOSED: Standing(_("This is closed"), _("We erase your message before long.")),
}
