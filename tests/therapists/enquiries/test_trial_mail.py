"""The test mail of an administrator: sent for real and at once, and what failed is said plainly."""

import socket
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from core.outbox import SendingState
from home.models import PracticeSettings
from tests.queue_worker import a_worker
from therapists.enquiries.mail.trial import latest_trial, what_mail_lacks
from therapists.enquiries.models import FollowUp, OutgoingMessage

PAGE = "/admin/e-mail/"
BUTTON = "Send a test mail"


@pytest.fixture
def mailer(settings):
    """Change where the mail goes."""

    def change(**options: object) -> None:
        backend = "django.core.mail.backends.smtp.EmailBackend"
        settings.MAILERS = {"default": {"BACKEND": backend, "OPTIONS": {"timeout": 2, **options}}}

    return change


def sent_page(client) -> str:
    return client.post(PAGE, follow=True).content.decode()


@pytest.mark.guide(
    "E-mail: Send a test mail sends one to where new enquiries are announced, at once, and says what failed.",
)
def test_it_reaches_the_practice_and_is_what_the_first_step_wants(enquiries_practice, admin_client, postbox):
    a_worker()
    assert "send yourself a test mail" in what_mail_lacks()
    assert BUTTON in admin_client.get(PAGE).content.decode()
    assert "Sent to team@practice.example" in sent_page(admin_client)
    [envelope] = postbox.envelopes
    assert envelope.rcpt_tos == ["team@practice.example"]
    assert "This is a test." in postbox.texts()[0]
    assert what_mail_lacks() == ""
    assert "E-mails are sent." in admin_client.get(PAGE).content.decode()


def test_without_a_worker_it_says_that_visitors_would_wait(enquiries_practice, admin_client, postbox):
    a_worker(silent_for=timedelta(minutes=5))
    sent_page(admin_client)
    assert "No background worker runs" in what_mail_lacks()


@pytest.mark.guide(
    "E-mail: Send a test mail sends one to where new enquiries are announced, at once, and says what failed.",
)
@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ("554 Transaction failed", "SMTPDataError 554"),
        ("451 Later", "SMTPDataError 451"),
    ],
)
def test_a_refusal_is_said_is_not_tried_again_and_leaves_no_task(
    enquiries_practice, admin_client, postbox, answer, told
):
    postbox.answer = answer
    page = sent_page(admin_client)
    assert f"The last test mail failed ({told}). The mail server refused the e-mail itself." in page
    assert told in what_mail_lacks()
    trial = latest_trial()
    assert trial is not None and trial.state == SendingState.FAILED
    assert not OutgoingMessage.objects.unsent().exists()
    assert not FollowUp.objects.exists()


def test_a_server_that_is_not_there_is_named(enquiries_practice, admin_client, mailer):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        mailer(host="127.0.0.1", port=free.getsockname()[1])
        assert "look at EMAIL_HOST and EMAIL_PORT" in sent_page(admin_client)
    mailer(host="no-such-host.invalid", port=25)
    assert "No mail server of that name is known" in sent_page(admin_client)


def test_mail_that_stays_here_or_goes_to_nobody_is_said(enquiries_practice, admin_client, settings, postbox):
    PracticeSettings.objects.update(enquiries_email="", contact_email="")
    assert "Say where new enquiries are announced" in what_mail_lacks()
    assert "The practice has no address for it" in sent_page(admin_client)
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.console.EmailBackend"}}
    assert "E-mails stay on this machine" in what_mail_lacks()
    PracticeSettings.objects.update(contact_email="hello@practice.example")
    assert "it was sent to nobody" in sent_page(admin_client)


def test_a_later_mail_that_arrives_heals_a_failed_test(enquiries_practice, admin_client, postbox):
    a_worker()
    postbox.answer = "554 No"
    sent_page(admin_client)
    OutgoingMessage.objects.create(kind="update", state=SendingState.SENT, sent_at=timezone.now())
    assert what_mail_lacks() == ""


@pytest.mark.parametrize("role", ["matcher", "editor"])
def test_only_an_administrator_may_send_one(enquiries_practice, client, matcher, postbox, role):
    person = matcher if role == "matcher" else User.objects.create_user("editor")
    client.force_login(person)
    client.post(PAGE)
    assert latest_trial() is None
    assert postbox.envelopes == []
