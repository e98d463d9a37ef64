import pytest
from django.core.mail import EmailMultiAlternatives

from local_server.mailbox import MailboxBackend

pytestmark = pytest.mark.django_db


@pytest.fixture
def send(settings, tmp_path):
    settings.MAILBOX = tmp_path / "mailbox"
    backend = MailboxBackend(path=settings.MAILBOX, alias="default")

    def send(subject, text="Plain words.", html=None, attachment=None):
        message = EmailMultiAlternatives(subject, text, "practice@example.org", ["visitor@example.org"])
        if html:
            message.attach_alternative(html, "text/html")
        if attachment:
            message.attach(attachment, b"content", "text/calendar")
        assert backend.send_messages([message]) == 1

    return send


def test_an_empty_mailbox_says_so(client, send):
    assert b"Nothing has been sent yet" in client.get("/mailbox/").content


def test_letters_are_listed_and_read_as_text(client, send):
    send(
        "Grüße & news",
        text="See https://example.org/\n\n<b>not bold</b>",
        html="<p>Hi <script>x</script></p>",
    )
    page = client.get("/mailbox/")
    assert "Grüße &amp; news" in page.text
    assert "no-store" in page["Cache-Control"]
    key = page.context["mail"][0].key
    letter = client.get(f"/mailbox/{key}/")
    assert "&lt;b&gt;not bold" in letter.text
    assert '<a href="https://example.org/"' in letter.text
    assert "&lt;script&gt;" in letter.text
    assert "<script>x" not in letter.text


def test_attachments_are_named(client, send):
    send("With a file", attachment="consultation.ics")
    key = client.get("/mailbox/").context["mail"][0].key
    assert "consultation.ics" in client.get(f"/mailbox/{key}/").text


@pytest.mark.parametrize("key", ["nothing", "..", "%2e%2e", "a%00b", "new"])
def test_what_is_not_a_letter_is_not_found(client, send, key):
    assert client.get(f"/mailbox/{key}/").status_code == 404
