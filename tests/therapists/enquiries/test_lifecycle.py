import itertools

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from tests.factories.enquiries import make_matcher
from therapists.enquiries.enums import AT_REST, State
from therapists.enquiries.models import Enquiry, EnquirySettings, StateChange
from therapists.enquiries.services.lifecycle import (
    DEADLINES,
    TRANSITIONS,
    NotAllowed,
    duty_owner,
    move,
    reassign_unowned,
)

ALLOWED = {
    "received": "review safety_hold withdrawn closed",
    "safety_hold": "review withdrawn closed",
    "review": "safety_hold shortlisted no_match withdrawn closed",
    "shortlisted": "offered review safety_hold no_match withdrawn closed",
    "offered": "accepted shortlisted review safety_hold withdrawn closed",
    "accepted": "introduced shortlisted review safety_hold withdrawn closed",
    "introduced": "consulted not_started review withdrawn",
    "consulted": "started not_started withdrawn",
    "started": "closed",
    "not_started": "review closed",
    "no_match": "alternatives waitlist review withdrawn closed",
    "alternatives": "review withdrawn closed",
    "waitlist": "review alternatives withdrawn closed",
    "withdrawn": "closed",
    "closed": "",
}


def test_every_transition_allowed_and_not(enquiry, matcher):
    assert set(TRANSITIONS) == set(State)
    for before, after in itertools.product(State, State):
        Enquiry.objects.update(state=before, deadline=timezone.now())
        if after in ALLOWED[before].split():
            moved = move(enquiry.pk, after, by=matcher, reason="Because.")
            assert moved.state == after
            assert (moved.deadline is not None) == (after in DEADLINES)
            assert moved.owner is not None
            change = StateChange.objects.latest("changed_at")
            assert (change.before, change.after, change.changed_by) == (before, after, matcher)
            assert change.reason == "Because."
        else:
            count = StateChange.objects.count()
            with pytest.raises(NotAllowed):
                move(enquiry.pk, after, by=matcher)
            assert Enquiry.objects.get().state == before
            assert StateChange.objects.count() == count


def test_every_state_but_the_last_leads_on():
    reached = {State.RECEIVED}
    while more := {after for state in reached for after in TRANSITIONS[state]} - reached:
        reached |= more
    assert reached == set(State)
    assert [state for state, after in TRANSITIONS.items() if not after] == [State.CLOSED]


def test_a_deadline_makes_it_late(enquiry):
    assert not enquiry.is_late
    Enquiry.objects.update(deadline=timezone.now() - DEADLINES[State.RECEIVED])
    assert Enquiry.objects.late().get().is_late


@pytest.mark.guide(
    "Enquiries: who owns new ones and safety checks, who is told second when something stays late, the "
    "hours and days in which somebody reads them, and what a visitor whose words are read for their safety "
    "is told while nobody is there.",
)
def test_the_settings_name_the_owner_else_the_least_busy(enquiry, matcher):
    assert enquiry.owner == matcher
    other = make_matcher("other")
    assert duty_owner() == other
    EnquirySettings.objects.update_or_create(pk=1, defaults={"duty_owner": matcher})
    assert duty_owner() == matcher


def test_someone_who_left_the_team_owns_nothing_new(enquiry, matcher):
    EnquirySettings.objects.update_or_create(pk=1, defaults={"duty_owner": matcher})
    matcher.groups.clear()
    assert duty_owner() is None


def test_the_database_lets_nothing_active_be_without_a_deadline(enquiry):
    assert set(State) - AT_REST == set(DEADLINES)
    for state in State:
        if state in AT_REST:
            Enquiry.objects.update(state=state, deadline=None)
        else:
            with pytest.raises(IntegrityError), transaction.atomic():
                Enquiry.objects.update(state=state, deadline=None)


def test_what_someone_owned_who_left_is_handed_over(enquiry, matcher):
    assert reassign_unowned() == 0
    other = make_matcher("other")
    matcher.groups.clear()
    assert reassign_unowned() == 1
    enquiry.refresh_from_db()
    assert enquiry.owner == other
    with pytest.raises(ProtectedError):
        other.delete()
    other.is_active = False
    other.save()
    enquiry.owner = None
    enquiry.save()
    assert (enquiry.owner, reassign_unowned()) == (None, 0)
    make_matcher("third")
    assert reassign_unowned() == 1
