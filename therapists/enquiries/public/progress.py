"""How far an enquiry is, for the person who sent it: for their own page and the API alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

from core.dates_in_words import weekday_in_words
from core.languages import active_language, versions_in
from therapists.enquiries.enums import State
from therapists.enquiries.models import (
    Consultation,
    ConsultationOutcome,
    Enquiry,
    MessageKind,
    OutcomeReport,
    Reply,
    Side,
)
from therapists.enquiries.reports.reply_time import ReplyPromise, reply_promise
from therapists.enquiries.services.change import may_change
from therapists.enquiries.services.lifecycle import may_move
from therapists.enquiries.services.outcomes import accounts_differ, latest_said, outcomes_to_say
from therapists.enquiries.services.undoing_withdrawal import may_undo_until
from therapists.enquiries.signed_links import Purpose, read_token
from therapists.enquiries.ways_to_talk import WayToTalk, way_to_talk
from therapists.enquiries.working_time import working_time
from therapists.models import TherapistPage

#: Nobody has written back yet.
UNANSWERED = {State.RECEIVED, State.SAFETY_HOLD, State.REVIEW, State.SHORTLISTED}


KNOWS_THERAPIST = {State.INTRODUCED, State.CONSULTED, State.STARTED}


@dataclass(frozen=True)
class StateText:
    """What a state means to the person who wrote."""

    heading: str | Promise
    explanation: str | Promise
    #: What is due by the enquiry's deadline; empty where the visitor waits for nothing.
    due: str | Promise = ""


_GETTING_TO_IT = _("We mean to get to it by %(day)s.")
_BEING_READ = StateText(
    _("We are reading your message"),
    _("A person at the practice reads what you wrote and looks for a therapist who fits."),
    _GETTING_TO_IT,
)
_ASKING = StateText(
    _("We are asking a therapist"),
    _("The therapist sees what you are looking for, and neither your name nor how to reach you."),
    _("They have until %(day)s to answer. If they cannot help, we ask someone else."),
)

STATE_TEXTS: dict[State, StateText] = {
    State.RECEIVED: StateText(
        _("We have your message"),
        _("It is safe with us. A person at the practice will read it soon."),
        _GETTING_TO_IT,
    ),
    # Someone who may be at risk is told the same as everyone, beside the help that every page shows.
    State.SAFETY_HOLD: _BEING_READ,
    State.REVIEW: _BEING_READ,
    State.SHORTLISTED: _BEING_READ,
    State.OFFERED: _ASKING,
    State.ACCEPTED: StateText(
        _("A therapist has a place for you"),
        _("We check that everything fits, and then introduce you."),
        _("We mean to introduce you by %(day)s."),
    ),
    State.INTRODUCED: StateText(
        _("You have been introduced"),
        _("Your therapist now knows who you are and how to reach you."),
    ),
    State.CONSULTED: StateText(
        _("Your first consultation has taken place"),
        _("Take your time to decide. If it did not feel right, tell us and we look again."),
    ),
    State.STARTED: StateText(_("You have started"), _("Your therapist is your contact from here on.")),
    State.NOT_STARTED: StateText(
        _("You have not started"), _("If you would like us to look again, write or call.")
    ),
    State.NO_MATCH: StateText(
        _("We have not found a therapist yet"),
        _("No one here fits what you need at the moment. A person will tell you what else there is."),
        _("We mean to write to you by %(day)s."),
    ),
    State.ALTERNATIVES: StateText(
        _("We have told you about other places"),
        _("No one here fits what you need at the moment. You are welcome to come back."),
    ),
    State.WAITLIST: StateText(
        _("You are waiting for a place"), _("We write or call as soon as a place opens that fits.")
    ),
    State.WITHDRAWN: StateText(
        _("You have withdrawn"), _("We do nothing more with your message, and erase it before long.")
    ),
    State.CLOSED: StateText(_("This is closed"), _("We erase your message before long.")),
}


@dataclass(frozen=True)
class Progress:
    """Holds none of the answers, no contact and nothing that the visitor wrote."""

    reference: str
    received_at: datetime
    state_text: StateText
    since: datetime
    reply_promise: ReplyPromise | None
    expected_by: datetime | None
    #: The same in a sentence; empty where the visitor waits for nothing.
    due: str
    is_late: bool
    #: Once they have been introduced.
    therapist: TherapistPage | None
    #: The address of their profile, where it is public.
    profile: str
    #: How they talk first, while they have been introduced.
    way: WayToTalk | None
    may_be_late: bool
    said_late: bool
    #: What they may say became of it now, and what they said last.
    may_say: Sequence[ConsultationOutcome]
    said: OutcomeReport | None
    #: They and their therapist say what cannot both be: somebody finds out.
    accounts_differ: bool
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
    #: Withdrawing can be undone until then; None where it cannot.
    may_undo_until: datetime | None
    #: Erasing was asked for, and a person reads it first, for safety. By then it is erased.
    erasure_due_at: datetime | None

    @property
    def may_undo_withdrawal(self) -> bool:
        return self.may_undo_until is not None

    @property
    def how(self) -> str:
        return self.way.to_visitor if self.way else ""

    @property
    def terms(self) -> str:
        return self.way.terms if self.way else ""


def enquiry_by_token(token: str) -> Enquiry | None:
    """Return the enquiry of a visitor's private link; None where it is not ours, or the enquiry is gone."""
    key = read_token(Purpose.STATUS, token)
    return Enquiry.objects.select_related("therapist").filter(pk=key).first() if key else None


def progress_of(enquiry: Enquiry, site: Site | None) -> Progress:
    state = State(enquiry.state)
    state_text, is_introduced = STATE_TEXTS[state], state == State.INTRODUCED
    expected_by = _expected_by(enquiry) if state_text.due else None
    proposed = list(enquiry.consultations.proposed()) if is_introduced else []
    confirmed = enquiry.consultations.confirmed().first() if is_introduced else None
    is_without_times = is_introduced and not (confirmed or proposed)
    return Progress(
        reference=enquiry.reference,
        received_at=enquiry.received_at,
        state_text=state_text,
        since=enquiry.state_since,
        reply_promise=reply_promise(site) if state in UNANSWERED else None,
        expected_by=expected_by,
        due=state_text.due % {"day": weekday_in_words(timezone.localtime(expected_by))}
        if expected_by
        else "",
        is_late=expected_by is not None and expected_by < timezone.now(),
        therapist=enquiry.therapist if state in KNOWS_THERAPIST else None,
        profile=_profile(enquiry) if state in KNOWS_THERAPIST else "",
        way=way_to_talk(enquiry, enquiry.therapist) if is_introduced and enquiry.therapist else None,
        may_be_late=confirmed is not None and confirmed.may_be_late_for,
        said_late=confirmed is not None
        and enquiry.messages.filter(kind=MessageKind.RUNNING_LATE, consultation=confirmed).exists(),
        may_say=outcomes_to_say(enquiry, Side.VISITOR),
        said=latest_said(enquiry, Side.VISITOR),
        accounts_differ=accounts_differ(enquiry),
        replies=list(enquiry.replies.all()),
        time_zone=enquiry.time_zone,
        is_introduced=is_introduced,
        proposed=proposed,
        confirmed=confirmed,
        waits_for_times=is_without_times and enquiry.consultations.called_off().exists(),
        may_call_off=confirmed is not None and confirmed.is_to_come,
        may_change=may_change(enquiry),
        may_withdraw=may_move(state, State.WITHDRAWN) and enquiry.erasure_asked_at is None,
        may_undo_until=may_undo_until(enquiry),
        erasure_due_at=enquiry.erasure_due_at,
    )


def _profile(enquiry: Enquiry) -> str:
    page = TherapistPage.objects.published().filter(pk=enquiry.therapist_id).first()
    if page is None:
        return ""
    return versions_in(active_language(), [page]).get(page.pk, page).url or ""


def _expected_by(enquiry: Enquiry) -> datetime | None:
    """Return by when a visitor may expect news.

    What is read for safety is due at any hour, yet nothing is promised for one at which nobody is there.
    """
    if enquiry.deadline and enquiry.may_be_at_risk:
        return working_time().next_open(enquiry.deadline)
    return enquiry.deadline
