"""Where an enquiry stands, for the person who sent it: what their own page and the API tell alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from wagtail.models import Site

from therapists.enquiries.enums import State
from therapists.enquiries.models import Consultation, Enquiry, Reply
from therapists.enquiries.public.state_texts import STANDINGS, Standing
from therapists.enquiries.reports.reply_time import ReplyPromise, reply_promise
from therapists.enquiries.services.change import may_change
from therapists.enquiries.services.lifecycle import may_move
from therapists.enquiries.signed_links import Purpose, read_token
from therapists.models import TherapistPage

#: Nobody has written back yet.
UNANSWERED = {State.RECEIVED, State.SAFETY_HOLD, State.REVIEW, State.SHORTLISTED}


@dataclass(frozen=True)
class WhereItStands:
    """Holds none of the answers, no contact and nothing that the visitor wrote."""

    reference: str
    received_at: datetime
    standing: Standing
    since: datetime
    reply_promise: ReplyPromise | None
    expected_by: datetime | None
    #: The same in a sentence; empty where the visitor waits for nothing.
    due: str
    is_late: bool
    #: Once they have been introduced.
    therapist: TherapistPage | None
    replies: Sequence[Reply]
    time_zone: str
    is_introduced: bool
    #: Times for the first consultation that may still be chosen.
    proposed: Sequence[Consultation]
    confirmed: Consultation | None
    #: The time that was set is called off, and the therapist has been asked for others.
    waits_for_times: bool
    may_call_off: bool
    may_change: bool
    may_withdraw: bool


def enquiry_of(token: str) -> Enquiry | None:
    """What a visitor's private link leads to; None where it is not ours, or the enquiry is gone."""
    key = read_token(Purpose.STATUS, token)
    return Enquiry.objects.select_related("therapist").filter(pk=key).first() if key else None


def where_it_stands(enquiry: Enquiry, site: Site | None) -> WhereItStands:
    state = State(enquiry.state)
    standing, is_introduced = STANDINGS[state], state == State.INTRODUCED
    proposed = list(enquiry.consultations.proposed()) if is_introduced else []
    confirmed = enquiry.consultations.confirmed().first() if is_introduced else None
    is_without_times = is_introduced and not (confirmed or proposed)
    return WhereItStands(
        reference=enquiry.reference,
        received_at=enquiry.received_at,
        standing=standing,
        since=enquiry.state_since,
        reply_promise=reply_promise(site) if state in UNANSWERED else None,
        expected_by=enquiry.deadline if standing.due else None,
        due=_due(enquiry, standing),
        is_late=enquiry.is_late,
        therapist=enquiry.therapist if state in {State.INTRODUCED, State.CONSULTED} else None,
        replies=list(enquiry.replies.all()),
        time_zone=enquiry.time_zone,
        is_introduced=is_introduced,
        proposed=proposed,
        confirmed=confirmed,
        waits_for_times=is_without_times and enquiry.consultations.called_off().exists(),
        may_call_off=confirmed is not None and confirmed.is_to_come,
        may_change=may_change(enquiry),
        may_withdraw=may_move(state, State.WITHDRAWN),
    )


def _due(enquiry: Enquiry, standing: Standing) -> str:
    """What to expect, and by which day."""
    if not standing.due or enquiry.deadline is None:
        return ""
    return standing.due % {"day": date_format(timezone.localtime(enquiry.deadline), "l j F")}
