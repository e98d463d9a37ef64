"""The states of an enquiry and the only ways between them."""

from datetime import timedelta
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from therapists.enquiries.enums import State
from therapists.enquiries.models import Enquiry, OfferState, StateChange
from therapists.enquiries.services.diary import give_back
from therapists.enquiries.services.owners import duty_owner, safety_owner

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

#: How long someone has to act, in each state that is not at rest.
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

#: Entering one of these, the practice answers the visitor.
REPLIES = frozenset({State.INTRODUCED, State.ALTERNATIVES, State.WAITLIST})
#: Only here does the enquiry belong to a therapist; elsewhere every link of theirs is dead.
WITH_THERAPIST = frozenset(
    {State.ACCEPTED, State.INTRODUCED, State.CONSULTED, State.STARTED, State.NOT_STARTED}
)
#: Here a time for the first consultation stands; from elsewhere it goes back to the therapist's diary.
MAY_STILL_MEET = WITH_THERAPIST - {State.NOT_STARTED}


class NotAllowed(Exception):
    """There is no way from the one state to the other."""

    def __init__(self, before: State, after: State) -> None:
        super().__init__(f"{before} → {after}")
        self.before = before
        self.after = after


def locked(enquiry_id: UUID) -> Enquiry:
    """The enquiry, held until the transaction ends. Whoever changes one takes it from here."""
    return Enquiry.objects.select_for_update(of=("self",)).get(pk=enquiry_id)


def may_move(before: State, after: State) -> bool:
    return after in TRANSITIONS[before]


def enter(enquiry: Enquiry, state: State) -> None:
    """Put the state, its owner and its deadline on the row; the caller saves."""
    now = timezone.now()
    enquiry.state = state
    enquiry.state_since = now
    enquiry.deadline = now + DEADLINES[state] if state in DEADLINES else None
    if state == State.SAFETY_HOLD:
        enquiry.owner = safety_owner()
    elif enquiry.owner is None and enquiry.deadline:
        enquiry.owner = duty_owner()


@transaction.atomic
def move(enquiry_id: UUID, to: State, *, by: User | None = None, reason: str = "") -> Enquiry:
    """Move an enquiry, or raise NotAllowed and leave it as it was. Whoever has no account is None."""
    enquiry = locked(enquiry_id)
    before = State(enquiry.state)
    if not may_move(before, to):
        raise NotAllowed(before, to)
    enter(enquiry, to)
    if to in REPLIES and enquiry.first_reply_at is None:
        enquiry.first_reply_at = enquiry.state_since
    if to not in WITH_THERAPIST:
        enquiry.therapist = None
    if to not in MAY_STILL_MEET:
        give_back(enquiry, visitor_knows=to == State.WITHDRAWN)
    enquiry.save(update_fields=["state", "state_since", "deadline", "owner", "first_reply_at", "therapist"])
    enquiry.offers.live().update(state=OfferState.REVOKED)
    if before == State.ACCEPTED and to not in WITH_THERAPIST:
        # Nobody was introduced: the therapist may be asked again, and their place is free.
        enquiry.offers.filter(state=OfferState.ACCEPTED).update(state=OfferState.REVOKED)
    StateChange.objects.create(enquiry=enquiry, before=before, after=to, changed_by=by, reason=reason)
    return enquiry
