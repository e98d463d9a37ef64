from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories.enquiries import stored_enquiry
from therapists.enquiries import tasks
from therapists.enquiries.enums import State
from therapists.enquiries.health import purge_is_late
from therapists.enquiries.models import Enquiry, LegalHold, OutcomeCount, PurgeRun
from therapists.enquiries.services import retention


def aged(state, days, received_days=None):
    now = timezone.now()
    Enquiry.objects.update(
        state=state,
        state_since=now - timedelta(days=days),
        received_at=now - timedelta(days=received_days or days),
    )


@pytest.mark.parametrize(
    ("state", "days", "is_kept"),
    [
        (State.NO_MATCH, 29, True),
        (State.NO_MATCH, 31, False),
        (State.WITHDRAWN, 29, True),
        (State.WITHDRAWN, 31, False),
        (State.CLOSED, 31, False),
        (State.INTRODUCED, 89, True),
        (State.INTRODUCED, 91, False),
        (State.STARTED, 91, False),
        (State.WAITLIST, 179, True),
        (State.WAITLIST, 181, False),
        (State.REVIEW, 181, False),
    ],
)
def test_each_state_is_kept_for_its_time(enquiry, state, days, is_kept):
    aged(state, days)
    tasks.purge(0)
    assert Enquiry.objects.exists() == is_kept


def test_a_new_state_does_not_outlive_the_ceiling(enquiry):
    aged(State.REVIEW, days=1, received_days=181)
    assert retention.purge() == 1


def test_the_purge_leaves_counts_and_nothing_else(enquiry, enquiries_practice):
    stored_enquiry(enquiries_practice.grief.pk)
    aged(State.NO_MATCH, 31)
    assert retention.purge() == 2
    assert retention.purge() == 0
    count = OutcomeCount.objects.get()
    assert (count.state, count.concern, count.count) == (State.NO_MATCH, "Grief and loss", 2)


def test_a_legal_hold_outlasts_every_time(enquiry):
    hold = LegalHold.objects.create(enquiry=enquiry, reason="A court asked.")
    aged(State.CLOSED, 400)
    assert retention.purge() == 0
    with pytest.raises(retention.OnLegalHold):
        retention.erase(enquiry.pk)
    hold.lifted_at = timezone.now()
    hold.save()
    assert retention.purge() == 1


def test_a_purge_stopped_midway_goes_on(enquiry, enquiries_practice, monkeypatch):
    stored_enquiry(enquiries_practice.panic.pk)
    aged(State.CLOSED, 31)
    erase, erased = retention.erase, []

    def erase_one(key, **options):
        if erased:
            raise KeyboardInterrupt
        erased.append(key)
        erase(key, **options)

    monkeypatch.setattr(retention, "erase", erase_one)
    with pytest.raises(KeyboardInterrupt):
        retention.purge()
    assert Enquiry.objects.count() == 1
    monkeypatch.undo()
    assert retention.purge() == 1


def test_a_purge_that_does_not_run_shows(enquiry):
    assert not purge_is_late()
    aged(State.CLOSED, 31)
    assert purge_is_late()
    PurgeRun.objects.create(finished_at=timezone.now() - timedelta(hours=4))
    assert purge_is_late()
    retention.purge()
    assert not purge_is_late()
