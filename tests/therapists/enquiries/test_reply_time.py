from datetime import date, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import Site

from home.models import PracticeSettings
from tests.factories.enquiries import stored_enquiry
from therapists.enquiries.enums import State
from therapists.enquiries.models import Enquiry
from therapists.enquiries.reports.reply_time import (
    LEAST_REPLIES,
    LONGEST_PROMISE,
    USUALLY,
    Wait,
    reply_promise,
    usual_working_days,
)

MONDAY = date(2026, 11, 16)


def answered(days, received=MONDAY):
    return Wait(received, received + timedelta(days=days), is_answered=True)


def waiting(days):
    return Wait(MONDAY, MONDAY + timedelta(days=days), is_answered=False)


@pytest.mark.parametrize(
    ("received", "until", "days"),
    [
        (MONDAY, MONDAY, 0),
        (MONDAY, date(2026, 11, 17), 1),
        (date(2026, 11, 20), date(2026, 11, 22), 0),
        (date(2026, 11, 20), date(2026, 11, 23), 1),
        (date(2026, 11, 21), date(2026, 11, 23), 1),
        (MONDAY, date(2026, 11, 23), 5),
        (date(2026, 12, 24), date(2026, 12, 28), 2),
    ],
)
def test_weekends_do_not_count(received, until, days):
    assert Wait(received, until, is_answered=True).working_days == days


@pytest.mark.parametrize(
    ("waits", "promise"),
    [
        ([], None),
        ([answered(0)] * 9, None),
        ([answered(0)] * 10, 1),
        ([answered(1)] * 10, 1),
        ([answered(2)] * 10, 2),
        ([answered(1)] * 8 + [answered(4)] * 2, 1),
        ([answered(1)] * 7 + [answered(3)] * 3, 3),
        ([answered(7)] * 10, 5),
        ([answered(8)] * 10, None),
        # Two who still wait, since long: eight of ten is enough, and a third is too many.
        ([answered(1)] * 12 + [waiting(20)] * 3, 1),
        ([answered(1)] * 12 + [waiting(20)] * 4, None),
        # Whoever wrote today tells nothing yet.
        ([answered(1)] * 10 + [waiting(0)] * 90, 1),
        ([answered(1)] * 10 + [waiting(1)] * 90, 1),
        ([answered(1)] * 10 + [waiting(2)] * 3, 2),
    ],
)
def test_nothing_is_promised_that_is_not_true(waits, promise):
    assert usual_working_days(waits) == promise


@given(st.lists(st.builds(Wait, st.just(MONDAY), st.dates(MONDAY, date(2026, 12, 16)), st.booleans())))
def test_whatever_is_promised_was_kept_four_times_in_five(waits):
    days = usual_working_days(waits)
    if days is not None:
        assert 1 <= days <= LONGEST_PROMISE
        assert sum(wait.is_answered for wait in waits) >= LEAST_REPLIES
        kept = sum(wait.is_answered and wait.working_days <= days for wait in waits)
        broken = sum(wait.working_days > days for wait in waits)
        assert kept >= USUALLY * (kept + broken)


@pytest.fixture
def site(enquiries_practice):
    return Site.objects.get(is_default_site=True)


@pytest.fixture
def replied(enquiries_practice):
    """As many enquiries as a promise needs, each answered the moment it came."""
    for _ in range(LEAST_REPLIES):
        enquiry = stored_enquiry(enquiries_practice.grief.pk)
        Enquiry.objects.filter(pk=enquiry.pk).update(first_reply_at=enquiry.received_at)


def test_a_site_that_answers_says_so(site, replied):
    assert reply_promise(site).usual_working_days == 1
    assert str(reply_promise(site)) == "We usually reply within one working day."


def test_a_new_practice_promises_nothing(site):
    assert reply_promise(site) is None
    assert reply_promise(None) is None


def test_what_was_long_ago_counts_no_more(site, replied):
    Enquiry.objects.update(received_at=timezone.now() - timedelta(days=31))
    assert reply_promise(site) is None


def test_those_who_gave_up_waiting_count_against_it(site, replied, enquiries_practice):
    for _ in range(3):
        enquiry = stored_enquiry(enquiries_practice.grief.pk)
        Enquiry.objects.filter(pk=enquiry.pk).update(
            received_at=timezone.now() - timedelta(days=25), state=State.WITHDRAWN
        )
    assert reply_promise(site) is None
    Enquiry.objects.filter(state=State.WITHDRAWN).update(state_since=timezone.now() - timedelta(days=25))
    assert str(reply_promise(site)) == "We usually reply within one working day."


def test_editors_can_turn_it_off(site, replied):
    PracticeSettings.objects.update(says_reply_time=False)
    assert reply_promise(site) is None
