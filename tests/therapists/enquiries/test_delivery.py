import re
import socket
from datetime import timedelta
from email import message_from_string
from email.policy import default

import pytest
from django.utils import timezone

from core.outbox import MOST_ATTEMPTS, SendingState
from home.models import PracticeSettings
from tests.factories.enquiries import stored_enquiry
from therapists.enquiries import tasks
from therapists.enquiries.health import mail_is_late, oldest_unsent_age
from therapists.enquiries.mail import queue as outbox
from therapists.enquiries.models import FollowUpKind, MailFault, MessageKind, OutgoingMessage


def send_all_due():
    for key in list(OutgoingMessage.objects.due().values_list("pk", flat=True)):
        outbox.deliver_message(str(key))


def make_due():
    OutgoingMessage.objects.update(next_attempt_at=timezone.now() - timedelta(seconds=1))


@pytest.mark.guide(
    "Practice: name, contact, where new enquiries are announced, and where “Leave this site” leads.",
)
def test_the_practice_gets_a_link_and_the_visitor_an_acknowledgement(enquiry, postbox):
    send_all_due()
    letters = {
        envelope.rcpt_tos[0]: message_from_string(text, policy=default)
        for envelope, text in zip(postbox.envelopes, postbox.texts(), strict=True)
    }
    to_practice, to_visitor = letters["team@practice.example"], letters["sam@example.org"]
    link = f"http://testserver/admin/enquiries/{enquiry.pk}/"
    for part in to_practice.walk():
        if not part.is_multipart():
            assert link in part.get_content()
    assert enquiry.reference in to_practice["Subject"]
    assert enquiry.reference in to_visitor["Subject"]
    assert "/enquiries/status/" in to_visitor.get_body(("plain",)).get_content()
    assert {message.state for message in enquiry.messages.all()} == {SendingState.SENT}


def test_no_mail_says_what_brought_someone(enquiry, postbox):
    send_all_due()
    everything = " ".join(
        str(part.get_content())
        for text in postbox.texts()
        for part in message_from_string(text, policy=default).walk()
        if not part.is_multipart()
    )
    for word in ("Grief", "grief", "Hello.", "Sam", "7946 0", "2079460", "£60"):
        assert word not in everything
    assert not re.search(r'src="http', everything)


def test_while_the_server_is_down_it_waits_and_is_sent_later(enquiry, postbox, settings):
    working = settings.MAILERS
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))
        closed = {"host": "127.0.0.1", "port": reserved.getsockname()[1], "timeout": 1}
        settings.MAILERS = {"default": {**working["default"], "OPTIONS": closed}}
        send_all_due()
    for message in enquiry.messages.all():
        assert message.state == SendingState.QUEUED
        assert message.attempts == 1
        assert message.next_attempt_at > timezone.now()
        assert message.last_error == "ConnectionRefusedError"
    settings.MAILERS = working
    send_all_due()
    assert postbox.envelopes == []
    make_due()
    send_all_due()
    assert len(postbox.envelopes) == 2
    assert {message.state for message in enquiry.messages.all()} == {SendingState.SENT}


def test_a_retry_is_queued_for_its_time(enquiry, postbox, jobs):
    postbox.answer = "451 Try again later"
    before = len(jobs())
    send_all_due()
    assert len(jobs()) == before + 2


def test_every_attempt_has_the_same_message_id(enquiry, postbox):
    message = enquiry.messages.get(kind=MessageKind.ACKNOWLEDGEMENT)
    for _ in range(2):
        OutgoingMessage.objects.filter(pk=message.pk).update(state=SendingState.QUEUED)
        outbox.deliver_message(str(message.pk))
    identities = {message_from_string(text)["Message-ID"] for text in postbox.texts()}
    assert identities == {f"<{message.pk}@testserver>"}
    assert len(postbox.envelopes) == 2


@pytest.mark.parametrize("answer", ["550 No such address sam@example.org", "551 Not here", "553 Bad name"])
def test_a_refusal_for_good_becomes_a_task_for_a_person(enquiry, postbox, answer, caplog):
    postbox.answer = answer
    send_all_due()
    for message in enquiry.messages.all():
        assert message.state == SendingState.FAILED
        assert message.last_error == f"SMTPDataError {answer[:3]}"
        assert message.follow_ups.get().kind == FollowUpKind.MAIL_FAILED
    assert "sam@example.org" not in caplog.text
    assert not OutgoingMessage.objects.due().exists()


def test_after_the_last_attempt_a_person_is_asked(enquiry, postbox):
    postbox.answer = "421 Busy"
    for _ in range(MOST_ATTEMPTS):
        make_due()
        send_all_due()
    assert {message.state for message in enquiry.messages.all()} == {SendingState.FAILED}
    assert enquiry.follow_ups.filter(kind=FollowUpKind.MAIL_FAILED).count() == 2


def test_a_worker_that_stopped_halfway_is_taken_over(enquiry, postbox):
    OutgoingMessage.objects.update(
        state=SendingState.SENDING, leased_until=timezone.now() + timedelta(minutes=1), attempts=1
    )
    send_all_due()
    assert postbox.envelopes == []
    OutgoingMessage.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    send_all_due()
    assert len(postbox.envelopes) == 2


def test_the_sweep_queues_what_lost_its_job(enquiry, jobs):
    before = len(jobs())
    tasks.sweep_unsent(0)
    assert len(jobs()) == before + 2


def test_a_practice_without_an_address_hears_of_it(enquiries_practice, matcher, postbox):
    PracticeSettings.objects.update(enquiries_email="", contact_email="")
    enquiry = stored_enquiry(enquiries_practice.grief.pk)
    send_all_due()
    assert enquiry.follow_ups.get().message.kind == MessageKind.NEW_ENQUIRY


def test_an_erased_enquiry_sends_nothing(enquiry, postbox):
    keys = list(OutgoingMessage.objects.values_list("pk", flat=True))
    enquiry.delete()
    for key in keys:
        outbox.deliver_message(str(key))
    assert postbox.envelopes == []


def test_a_line_break_in_a_header_stops_the_mail(enquiry, postbox, settings):
    settings.DEFAULT_FROM_EMAIL = "practice@example.org\nBcc: everyone@example.org"
    send_all_due()
    assert postbox.envelopes == []
    # A setting is at fault, so that no mail is lost for it: they go out once it is put right.
    assert {(mail.state, mail.fault) for mail in enquiry.messages.all()} == {("queued", MailFault.OURS)}
    settings.DEFAULT_FROM_EMAIL = "practice@example.org"
    make_due()
    send_all_due()
    assert {message.state for message in enquiry.messages.all()} == {SendingState.SENT}


def test_lateness_shows(enquiry):
    assert oldest_unsent_age() < timedelta(minutes=1)
    assert not mail_is_late()
    OutgoingMessage.objects.update(created_at=timezone.now() - timedelta(hours=1))
    assert mail_is_late()
    OutgoingMessage.objects.update(state=SendingState.SENT)
    assert oldest_unsent_age() is None
