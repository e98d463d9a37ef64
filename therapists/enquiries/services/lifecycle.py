"""The states of an enquiry and the only ways between them, and who owns it in each."""

from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.utils import get_user_display_name

from core.outbox import SendingState
from therapists.enquiries.access.team import may_handle, team_members
from therapists.enquiries.enums import State
from therapists.enquiries.mail.queue import ENDINGS, notify_visitor, queue_message, tell_it_fell_through
from therapists.enquiries.models import Enquiry, EnquirySettings, MessageKind, OfferState, StateChange
from therapists.enquiries.services.consultations import release_times
from therapists.enquiries.working_time import working_time

#: From each state, the ones that may follow. Purging has no state: the row is gone.
TRANSITIONS: dict[State, frozenset[State]] = {
    State.RECEIVED: frozenset({State.REVIEW, State.SAFETY_HOLD, State.WITHDRAWN, State.CLOSED}),
    State.SAFETY_HOLD: frozenset({State.REVIEW, State.WITHDRAWN, State.CLOSED}),
    State.REVIEW: frozenset(
        {State.SAFETY_HOLD, State.SHORTLISTED, State.NO_MATCH, State.WITHDRAWN, State.CLOSED}
    ),
    State.SHORTLISTED: frozenset(
        {State.OFFERED, State.REVIEW, State.SAFETY_HOLD, State.NO_MATCH, State.WITHDRAWN, State.CLOSED}
    ),
    State.OFFERED: frozenset(
        {
            State.ACCEPTED,
            State.SHORTLISTED,
            State.REVIEW,
            State.SAFETY_HOLD,
            State.WITHDRAWN,
            State.CLOSED,
        }
    ),
    State.ACCEPTED: frozenset(
        {
            State.INTRODUCED,
            State.SHORTLISTED,
            State.REVIEW,
            State.SAFETY_HOLD,
            State.WITHDRAWN,
            State.CLOSED,
        }
    ),
    State.INTRODUCED: frozenset({State.CONSULTED, State.NOT_STARTED, State.REVIEW, State.WITHDRAWN}),
    State.CONSULTED: frozenset({State.STARTED, State.NOT_STARTED, State.WITHDRAWN}),
    State.STARTED: frozenset({State.CLOSED}),
    State.NOT_STARTED: frozenset({State.REVIEW, State.CLOSED}),
    State.NO_MATCH: frozenset(
        {State.ALTERNATIVES, State.WAITLIST, State.REVIEW, State.WITHDRAWN, State.CLOSED}
    ),
    State.ALTERNATIVES: frozenset({State.REVIEW, State.WITHDRAWN, State.CLOSED}),
    State.WAITLIST: frozenset({State.REVIEW, State.ALTERNATIVES, State.WITHDRAWN, State.CLOSED}),
    State.WITHDRAWN: frozenset({State.CLOSED}),
    State.CLOSED: frozenset(),
}

#: How long someone has to act, in each state that is not at rest. A day is a working day of the practice.
DEADLINES: dict[State, timedelta] = {
    State.RECEIVED: timedelta(days=1),
    State.SAFETY_HOLD: timedelta(hours=2),
    State.REVIEW: timedelta(days=1),
    State.SHORTLISTED: timedelta(days=1),
    State.OFFERED: timedelta(days=2),
    State.ACCEPTED: timedelta(days=1),
    State.INTRODUCED: timedelta(days=10),
    State.CONSULTED: timedelta(days=14),
    State.NO_MATCH: timedelta(days=1),
    State.WAITLIST: timedelta(days=28),
}
#: Here the visitor, a therapist or a place is waited for: days of the calendar, until the practice opens.
BY_THE_CALENDAR = frozenset({State.INTRODUCED, State.CONSULTED, State.WAITLIST})

#: Entering one of these, the practice answers the visitor.
REPLIES = frozenset({State.INTRODUCED, State.ALTERNATIVES, State.WAITLIST})
#: Only here does the enquiry belong to a therapist; elsewhere every link of theirs is dead.
WITH_THERAPIST = frozenset(
    {State.ACCEPTED, State.INTRODUCED, State.CONSULTED, State.STARTED, State.NOT_STARTED}
)
#: Here a time for the first consultation is kept. In other states it goes back to the therapist's diary.
MAY_STILL_MEET = WITH_THERAPIST - {State.NOT_STARTED}
#: Leaving these for one where they cannot meet, it falls through for the therapist who said yes.
PROMISED = frozenset({State.ACCEPTED, State.INTRODUCED, State.CONSULTED})


class NotAllowed(Exception):
    """There is no way from the one state to the other."""

    def __init__(self, before: State, after: State) -> None:
        super().__init__(f"{before} → {after}")
        self.before = before
        self.after = after


def may_move(before: State, after: State) -> bool:
    return after in TRANSITIONS[before]


def deadline_of(state: State, now: datetime) -> datetime | None:
    """Return by when someone has to act who enters this state now; None where nothing is to be done.

    Days are those of the practice, except where the other side needs time of its own; what is read for safety
    waits for no opening.
    """
    if state not in DEADLINES:
        return None
    if state == State.SAFETY_HOLD:
        return now + DEADLINES[state]
    hours = working_time()
    if state in BY_THE_CALENDAR:
        return hours.next_open(now + DEADLINES[state])
    return hours.after(now, DEADLINES[state] / timedelta(days=1) * hours.day)


def enter(enquiry: Enquiry, state: State) -> None:
    """Set the state, its owner and its deadline; the caller saves."""
    now = timezone.now()
    enquiry.state = state
    enquiry.state_since = now
    enquiry.deadline = deadline_of(state, now)
    if state == State.SAFETY_HOLD:
        enquiry.owner = safety_owner()
    elif enquiry.owner is None and enquiry.deadline:
        enquiry.owner = duty_owner()


@transaction.atomic
def move(
    enquiry_id: UUID,
    to: State,
    *,
    by: User | None = None,
    reason: str = "",
    therapist_knows: bool = False,
    visitor_knows: bool = False,
) -> Enquiry:
    """Move an enquiry, or raise NotAllowed and leave it as it was.

    `by` is None for whoever has no account: the visitor, a therapist, a deadline. Where what a therapist said
    yes to falls through they are told, and so is a visitor who was introduced to them, unless they know.
    """
    enquiry = Enquiry.objects.locked(enquiry_id)
    before = State(enquiry.state)
    if not may_move(before, to):
        raise NotAllowed(before, to)
    enter(enquiry, to)
    if to in REPLIES and enquiry.first_reply_at is None:
        enquiry.first_reply_at = enquiry.state_since
    therapist = enquiry.therapist
    if to not in WITH_THERAPIST:
        enquiry.therapist = None
    if to not in MAY_STILL_MEET:
        both_know = release_times(enquiry, visitor_knows=visitor_knows or to == State.WITHDRAWN)
        if before in PROMISED and therapist and not both_know and not therapist_knows:
            tell_it_fell_through(enquiry, therapist)
        was_introduced = before in WITH_THERAPIST - {State.ACCEPTED} and therapist
        if was_introduced and to == State.REVIEW and not both_know and not visitor_knows:
            notify_visitor(enquiry)
    enquiry.save(update_fields=["state", "state_since", "deadline", "owner", "first_reply_at", "therapist"])
    enquiry.offers.live().update(state=OfferState.REVOKED)
    if before == State.ACCEPTED and to not in WITH_THERAPIST:
        # Nobody was introduced: the therapist may be asked again, and their place is free.
        enquiry.offers.filter(state=OfferState.ACCEPTED).update(state=OfferState.REVOKED)
    if before == State.SAFETY_HOLD and by:
        enquiry.follow_ups.unread_for_safety().update(done_at=timezone.now(), done_by=by)
    StateChange.objects.create(
        enquiry=enquiry,
        before=before,
        after=to,
        changed_by=by,
        changed_by_name=get_user_display_name(by)[:150] if by else "",
        reason=reason,
    )
    return enquiry


@transaction.atomic
def withdraw(enquiry_id: UUID, *, tells_visitor: bool = True) -> Enquiry:
    """Take the consent back: nothing more is done, and the enquiry is erased before long.

    The visitor gets one last letter, where it is safe: it leads to where this can be undone.
    What may be about their safety is still read: the practice is told, and someone has to do it in time.
    """
    before = Enquiry.objects.locked(enquiry_id)
    waiting = before.messages.filter(state=SendingState.QUEUED).exclude(kind__in=ENDINGS)
    is_unread = before.follow_ups.unread_for_safety().exists()
    if is_unread:
        waiting = waiting.exclude(kind__in=[MessageKind.NEW_ENQUIRY, MessageKind.READ_TODAY])
    waiting.update(state=SendingState.CANCELLED)
    enquiry = move(enquiry_id, State.WITHDRAWN)
    if is_unread:
        enquiry.deadline = before.deadline or enquiry.state_since + DEADLINES[State.SAFETY_HOLD]
        enquiry.save(update_fields=["deadline"])
    if tells_visitor and enquiry.contact.may_be_emailed:
        queue_message(enquiry, MessageKind.UPDATE)
    return enquiry


@transaction.atomic
def assign(enquiry_id: UUID, owner: User) -> None:
    """Make someone on the Matching team the owner. Raise ValidationError where they are not on it."""
    if not may_handle(owner):
        raise ValidationError(_("Only someone on the Matching team can own an enquiry."))
    enquiry = Enquiry.objects.locked(enquiry_id)
    enquiry.owner = owner
    enquiry.save(update_fields=["owner"])


def duty_owner() -> User | None:
    """Return whom the settings name, else whoever on the team has the fewest active enquiries."""
    named = EnquirySettings.load().duty_owner
    return named if named and team_members().filter(pk=named.pk).exists() else _least_busy()


def safety_owner() -> User | None:
    """Return whom the settings name for safety checks, else who would own any other enquiry."""
    named = EnquirySettings.load().safety_owner
    return named if named and team_members().filter(pk=named.pk).exists() else duty_owner()


def reassign_unowned() -> int:
    """Give active enquiries without an owner on the team to whoever owns new ones. Return how many."""
    unowned = Enquiry.objects.active().exclude(owner__in=team_members())
    reassigned = 0
    for key, owner, state in unowned.values_list("pk", "owner", "state"):
        new_owner = safety_owner() if state == State.SAFETY_HOLD else duty_owner()
        if new_owner is not None:
            reassigned += Enquiry.objects.filter(pk=key, owner=owner).update(owner=new_owner)
    return reassigned


def _least_busy() -> User | None:
    active = (
        Enquiry.objects.active()
        .filter(owner=OuterRef("pk"))
        .order_by()
        .values("owner")
        .annotate(count=Count("pk"))
        .values("count")
    )
    return team_members().annotate(load=Coalesce(Subquery(active), 0)).order_by("load", "pk").first()
