"""Once an e-mail gets through, those that waited for the mail server are tried soon."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core.outbox import BACK_OFF, SendingState
from therapists.enquiries.mail import after_outage
from therapists.enquiries.mail.queue import deliver_message
from therapists.enquiries.mail.trial import send_trial
from therapists.enquiries.models import MailFault, MessageKind, OutgoingMessage
from therapists.enquiries.tasks import sweep_unsent

TRIED = 12


@pytest.fixture
def waiting(enquiry):
    """Three e-mails that failed an hour ago while the mail server was away: the next attempt is far off."""
    OutgoingMessage.objects.all().delete()
    now = timezone.now()
    return [
        OutgoingMessage.objects.create(
            enquiry=enquiry,
            kind=MessageKind.ACKNOWLEDGEMENT,
            fault=MailFault.OURS,
            attempts=TRIED,
            created_at=now - timedelta(hours=30 - age),
            next_attempt_at=now - timedelta(hours=1) + BACK_OFF[TRIED - 1],
        )
        for age in range(3)
    ]


def due():
    """When each is due, in minutes from now, and how often it was tried."""
    rows = OutgoingMessage.objects.filter(state=SendingState.QUEUED).order_by("created_at")
    now = timezone.now()
    return [(round((row.next_attempt_at - now) / timedelta(minutes=1)), row.attempts) for row in rows]


def got_through(hours_ago=0.0):
    sent_at = timezone.now() - timedelta(hours=hours_ago)
    OutgoingMessage.objects.create(kind=MessageKind.LATE, state=SendingState.SENT, sent_at=sent_at)


def test_one_that_got_through_brings_those_that_wait_spread_over_minutes(waiting, jobs):
    got_through(hours_ago=0.5)
    sweep_unsent(0)
    assert due() == [(0, TRIED - 1), (1, TRIED - 1), (1, TRIED - 1)]
    asked = {args["row_id"] for name, args in jobs() if name == deliver_message.name}
    assert asked >= {str(row.pk) for row in waiting}
    sweep_unsent(0)
    assert due() == [(0, TRIED - 1), (1, TRIED - 1), (1, TRIED - 1)], "once is enough"


def test_before_one_gets_through_a_single_one_tries_whether_the_server_is_back(waiting):
    got_through(hours_ago=2)
    sweep_unsent(0)
    far = round((BACK_OFF[TRIED - 1] - timedelta(hours=1)) / timedelta(minutes=1))
    assert due() == [(0, TRIED - 1), (far, TRIED), (far, TRIED)]
    # It failed again: the next to try is tried half an hour later.
    first = waiting[0]
    tried = timezone.now() + BACK_OFF[TRIED - 1]
    OutgoingMessage.objects.filter(pk=first.pk).update(attempts=TRIED, next_attempt_at=tried)
    sweep_unsent(0)
    assert {minutes for minutes, _attempts in due()} == {far, far + 60}
    OutgoingMessage.objects.filter(pk=first.pk).update(next_attempt_at=tried - timedelta(minutes=31))
    sweep_unsent(0)
    assert due()[0] == (0, TRIED - 1)


def test_a_test_mail_that_was_sent_brings_them_at_once(waiting, postbox):
    postbox.answer = "554 no"
    assert send_trial().state == SendingState.FAILED
    assert all(minutes > 60 for minutes, _attempts in due())
    postbox.answer = ""
    # Even those that failed a moment ago.
    OutgoingMessage.objects.filter(state=SendingState.QUEUED).update(
        next_attempt_at=timezone.now() + BACK_OFF[TRIED - 1] - timedelta(seconds=5)
    )
    assert send_trial().state == SendingState.SENT
    assert [minutes for minutes, _attempts in due()] == [0, 1, 1]


def test_what_fails_for_a_reason_of_its_own_is_bounded(waiting, monkeypatch):
    monkeypatch.setattr(after_outage, "MOST_AT_ONCE", 2)
    got_through()
    assert after_outage.try_again_soon() == 2
    assert after_outage.try_again_soon() == 1
    # Each fails again, others get through: not before a quarter of an hour has passed.
    for minutes, expected in ((14, 0), (16, 2)):
        at = timezone.now() - timedelta(minutes=minutes) + BACK_OFF[TRIED - 1]
        OutgoingMessage.objects.filter(state=SendingState.QUEUED).update(attempts=TRIED, next_attempt_at=at)
        assert after_outage.try_again_soon() == expected
    # After three days it ends as any other does.
    OutgoingMessage.objects.filter(state=SendingState.QUEUED).update(
        created_at=timezone.now() - after_outage.HURRIED_FOR, next_attempt_at=at
    )
    assert after_outage.try_again_soon() == 0


def test_what_an_address_refused_or_a_busy_server_put_off_keeps_its_time(waiting):
    OutgoingMessage.objects.update(fault="")
    before = due()
    got_through()
    sweep_unsent(0)
    assert due() == before
