"""What mail servers answer: an address that takes no mail is a person's task, all else is tried for days."""

from dataclasses import dataclass, field

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from core.outbox import SendingState
from tests.queue_worker import a_worker
from tests.therapists.enquiries.smtp_servers import HANG_UP, SILENCE, a_free_port, answering_server
from therapists.enquiries.gauges import mail
from therapists.enquiries.mail.queue import deliver_message
from therapists.enquiries.models import FollowUp, FollowUpKind, MailFault, MessageKind, OutgoingMessage

UNSENT = "/admin/e-mail/unsent/"
TLS = {"use_tls": True}
LOGIN = {"username": "practice", "password": "wrong"}


@dataclass(frozen=True)
class Case:
    #: By step: what the server answers there.
    at: dict[str, str]
    error: str
    options: dict[str, object] = field(default_factory=dict)
    offers_tls: bool = True


#: A setting of ours or the server: no mail of the practice gets through.
OURS = {
    "nobody listens": Case({"port": "closed"}, "ConnectionRefusedError"),
    "never answers": Case({"greeting": SILENCE}, "SMTPServerDisconnected"),
    "greets with no": Case({"greeting": "554 5.7.1 No service for you"}, "SMTPConnectError 554"),
    "hangs up": Case({"ehlo": HANG_UP}, "SMTPServerDisconnected"),
    "certificate nobody vouches for": Case({}, "SSLCertVerificationError", TLS),
    "no TLS to be had": Case({}, "SMTPNotSupportedError", TLS, offers_tls=False),
    "wrong password": Case({}, "SMTPAuthenticationError 535", LOGIN),
    "wants STARTTLS": Case(
        {"mail": "530 5.7.0 Must issue a STARTTLS command first"}, "SMTPSenderRefused 530"
    ),
    "does not know the sender": Case({"mail": "550 5.1.8 Sender unknown"}, "SMTPSenderRefused 550"),
    "over the sender's quota": Case({"mail": "552 Too much mail from you"}, "SMTPSenderRefused 552"),
    "sender is blocked": Case({"mail": "554 Blocked"}, "SMTPSenderRefused 554"),
    "relay denied, in words": Case({"rcpt": "550 Relaying denied"}, "SMTPRecipientsRefused 550"),
    "relay denied, in code": Case({"rcpt": "554 5.7.1 No access"}, "SMTPRecipientsRefused 554"),
    "sender not verified": Case({"data": "554 Message rejected: not verified"}, "SMTPDataError 554"),
    "sender fails DMARC": Case({"data": "550 5.7.26 Not authenticated"}, "SMTPDataError 550"),
}
#: This address takes no mail, and no other is concerned.
RECIPIENT = {
    "user unknown": Case({"rcpt": "550 5.1.1 sam@example.org unknown"}, "SMTPRecipientsRefused 550"),
    "user unknown, no code": Case({"rcpt": "550 No such user sam@example.org"}, "SMTPRecipientsRefused 550"),
    "not local": Case({"rcpt": "551 Not here"}, "SMTPRecipientsRefused 551"),
    "mailbox full": Case({"rcpt": "552 5.2.2 Over its quota"}, "SMTPRecipientsRefused 552"),
    "mailbox name": Case({"rcpt": "553 Mailbox name is no good"}, "SMTPRecipientsRefused 553"),
    "no such domain": Case({"rcpt": "554 5.4.4 No route to host"}, "SMTPRecipientsRefused 554"),
    "unknown after the text": Case({"data": "550 5.1.1 Unknown"}, "SMTPDataError 550"),
}
#: It passes by itself.
BUSY = {
    "busy": Case({"greeting": "421 4.3.2 Busy"}, "SMTPConnectError 421"),
    "greylisted": Case({"rcpt": "450 4.2.0 Greylisted"}, "SMTPRecipientsRefused 450"),
    "later": Case({"data": "451 Later"}, "SMTPDataError 451"),
}


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with answering_server(tmp_path_factory.mktemp("smtp")) as running:
        yield running


@pytest.fixture
def attempt(enquiry, server, settings):
    """Try to send the visitor's e-mail to a server that answers so, and return it."""
    answers, port = server
    a_worker()
    message = enquiry.messages.get(kind=MessageKind.ACKNOWLEDGEMENT)
    enquiry.messages.exclude(pk=message.pk).delete()

    def try_it(case: Case) -> OutgoingMessage:
        answers.at, answers.offers_tls, answers.envelopes = case.at, case.offers_tls, []
        options = {
            "host": "127.0.0.1",
            "port": a_free_port() if "port" in case.at else port,
            "timeout": 0.3 if SILENCE in case.at.values() else 5,
            **case.options,
        }
        backend = "django.core.mail.backends.smtp.EmailBackend"
        settings.MAILERS = {"default": {"BACKEND": backend, "OPTIONS": options}}
        deliver_message(str(message.pk))
        message.refresh_from_db()
        return message

    return try_it


@pytest.fixture
def ready(client):
    return lambda: client.get("/readyz").json()


def numbers():
    """How many e-mails wait, failed, are stopped by us and were given up, as `/metrics` tells."""
    by_state, failing, given_up, _age = mail()
    states = {sample.labels["state"]: sample.value for sample in by_state.samples}
    return {
        "queued": states["queued"],
        "failed": states["failed"],
        "failing": failing.samples[0].value,
        "given_up": given_up.samples[0].value,
    }


@pytest.mark.parametrize("name", OURS)
def test_a_fault_on_our_side_is_retried_and_seen_at_once(attempt, ready, name):
    message = attempt(OURS[name])
    assert (message.state, message.fault) == (SendingState.QUEUED, MailFault.OURS)
    assert message.last_error == OURS[name].error
    assert message.next_attempt_at > timezone.now()
    assert not FollowUp.objects.exists()
    told = ready()
    assert (told["status"], told["checks"]["mail"]) == ("unavailable", "failing")
    assert told.keys() == {"status", "checks"}, "anybody may ask: no number is told"
    assert numbers() == {"queued": 1, "failed": 0, "failing": 1, "given_up": 0}


@pytest.mark.parametrize("name", RECIPIENT)
def test_an_address_that_takes_no_mail_is_a_persons_task_at_once(attempt, ready, name, caplog):
    message = attempt(RECIPIENT[name])
    assert (message.state, message.fault) == (SendingState.FAILED, MailFault.RECIPIENT)
    assert message.last_error == RECIPIENT[name].error
    assert FollowUp.objects.get().kind == FollowUpKind.MAIL_FAILED
    assert "sam@example.org" not in caplog.text
    told = ready()
    # A visitor's slip of the pen takes no site out of service, but it is counted.
    assert told["checks"]["mail"] == "ok"
    assert numbers() == {"queued": 0, "failed": 1, "failing": 0, "given_up": 1}


@pytest.mark.parametrize("name", BUSY)
def test_a_busy_server_is_tried_again_without_alarm(attempt, ready, name):
    message = attempt(BUSY[name])
    assert (message.state, message.fault, message.last_error) == (SendingState.QUEUED, "", BUSY[name].error)
    assert ready()["checks"]["mail"] == "ok"


def test_once_the_server_is_put_right_all_go_out_with_one_press(
    attempt, ready, client, admin_user, matcher, server
):
    refused = attempt(OURS["wants STARTTLS"])
    OutgoingMessage.objects.filter(pk=refused.pk).update(attempts=14)
    attempt(Case({}, ""))  # not due yet
    assert server[0].envelopes == []

    client.force_login(admin_user)
    page = client.get(UNSENT).content.decode()
    assert "SMTPSenderRefused 530" in page and "does not let you write as DEFAULT_FROM_EMAIL" in page
    assert refused.enquiry.reference not in page
    assert "1 e-mail waits" in client.get("/admin/").content.decode()
    client.force_login(matcher)
    assert refused.enquiry.reference in client.get(UNSENT).content.decode()
    client.post(UNSENT, {"message": "all"})
    sent = attempt(Case({}, ""))
    assert (sent.state, len(server[0].envelopes)) == (SendingState.SENT, 1)
    assert ready()["checks"]["mail"] == "ok"
    assert "1 e-mail waits" not in client.get("/admin/").content.decode()


def test_one_that_was_given_up_is_sent_again_and_its_task_is_done(attempt, client, matcher, server):
    failed = attempt(RECIPIENT["user unknown"])
    client.force_login(matcher)
    link = f'href="{UNSENT}"'
    assert link in client.get(f"/admin/enquiries/{failed.enquiry_id}/").content.decode()
    other = OutgoingMessage.objects.create(kind=MessageKind.UPDATE, state=SendingState.SENT)
    client.post(UNSENT, {"message": str(other.pk)})
    client.post(UNSENT, {"message": "nonsense"})
    response = client.post(UNSENT, {"message": str(failed.pk)}, follow=True)
    assert "1 e-mail is sent again" in response.content.decode()
    assert (FollowUp.objects.get().done_by, attempt(Case({}, "")).state) == (matcher, SendingState.SENT)
    other.refresh_from_db()
    assert (other.state, len(server[0].envelopes)) == (SendingState.SENT, 1)


def test_nobody_else_sees_what_was_not_sent(client, enquiry):
    client.force_login(User.objects.create_user("editor", is_staff=True))
    assert client.get(UNSENT).status_code in {302, 404}
    assert client.post(UNSENT, {"message": "all"}).status_code in {302, 404}
