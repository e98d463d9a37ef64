"""What a person writes to a visitor."""

import pytest
from django.core import mail
from django.urls import reverse

from therapists.enquiries.enums import State
from therapists.enquiries.mail.queue import deliver_message
from therapists.enquiries.models import MessageKind
from therapists.enquiries.services.lifecycle import move, withdraw
from therapists.enquiries.signed_links import Purpose, token

WORDS = "The grief line in your town has room now."


@pytest.fixture
def act(client, matcher, enquiry):
    client.force_login(matcher)

    def post(action, **data):
        address = reverse("enquiries_admin:action", args=[enquiry.pk, action])
        return client.post(address, {f"{action}-{name}": value for name, value in data.items()})

    return post


def test_a_reply_is_read_on_the_private_page_and_in_no_e_mail(client, enquiry, act):
    assert act("reply", text=WORDS).status_code == 302
    message = enquiry.messages.get(kind=MessageKind.UPDATE)
    deliver_message(row_id=str(message.pk))
    assert WORDS not in str(mail.outbox[-1].message())
    status = reverse("enquiries:status", args=[token(Purpose.STATUS, enquiry.pk)])
    assert WORDS in client.get(status).content.decode()
    enquiry.refresh_from_db()
    assert enquiry.first_reply_at is not None


def test_alternatives_are_told_before_the_enquiry_counts_as_told(enquiry, matcher, act):
    move(enquiry.pk, State.REVIEW, by=matcher)
    move(enquiry.pk, State.NO_MATCH, by=matcher)
    refused = act("move", to="alternatives")
    assert refused.status_code == 422
    assert "Write to them first" in refused.content.decode()
    act("reply", text=WORDS)
    assert act("move", to="alternatives").status_code == 302
    enquiry.refresh_from_db()
    assert enquiry.state == State.ALTERNATIVES


def test_whoever_withdrew_is_written_to_no_more(enquiry, act):
    withdraw(enquiry.pk)
    assert act("reply", text=WORDS).status_code == 422
    assert not enquiry.replies.exists()
