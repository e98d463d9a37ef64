"""Where visitors read how soon the practice usually replies."""

from datetime import timedelta

import pytest
from django.utils import timezone

from home.models import PracticeSettings
from tests.factories.enquiries import stored_enquiry
from therapists.enquiries.enums import State
from therapists.enquiries.models import Enquiry
from therapists.enquiries.reports.reply_time import LEAST_REPLIES
from therapists.enquiries.signed_links import Purpose, token

pytestmark = pytest.mark.django_db

PROMISE = "We usually reply within one working day."


@pytest.fixture
def replied(practice):
    for _ in range(LEAST_REPLIES):
        enquiry = stored_enquiry(practice.grief.pk)
        Enquiry.objects.filter(pk=enquiry.pk).update(first_reply_at=enquiry.received_at)


def sends_an_enquiry(visitor):
    visitor.reaches("contact")
    visitor.finishes()
    return visitor.opens(visitor.response.url)


def status_page(client, enquiry):
    return client.get(f"/enquiries/status/{token(Purpose.STATUS, enquiry.pk)}/").content.decode()


def test_it_stands_on_the_first_step_and_after_sending(visitor, replied):
    assert PROMISE in visitor.opens().text
    visitor.sends(**visitor.plain_answers()["before"])
    assert visitor.step == "concerns"
    assert PROMISE not in visitor.text
    assert PROMISE in sends_an_enquiry(visitor).text


def test_it_stands_on_the_status_page_until_there_was_a_reply(client, practice, replied):
    enquiry = stored_enquiry(practice.grief.pk)
    assert PROMISE in status_page(client, enquiry)
    Enquiry.objects.filter(pk=enquiry.pk).update(state=State.INTRODUCED)
    assert PROMISE not in status_page(client, enquiry)


def test_until_there_are_replies_the_practice_says_what_it_means(visitor, client, practice):
    """Before and after sending, and for other front ends; and not what ten replies do not keep."""
    site = practice.home.get_site()
    PracticeSettings.objects.update_or_create(site=site, defaults={"reply_within_working_days": 2})
    meant = "We mean to reply within two working days."
    assert meant in visitor.opens().text
    assert meant in sends_an_enquiry(visitor).text
    assert meant in status_page(client, Enquiry.objects.get())
    assert client.get("/api/v2/site/").json()["reply_promise"]["sentence"] == meant
    for _ in range(LEAST_REPLIES):
        enquiry = stored_enquiry(practice.grief.pk)
        long_ago = enquiry.received_at - timedelta(days=20)
        Enquiry.objects.filter(pk=enquiry.pk).update(received_at=long_ago, first_reply_at=timezone.now())
    assert "reply within" not in visitor.opens().text


def test_nothing_is_promised_without_replies(visitor, client, practice):
    assert "usually reply" not in visitor.opens().text
    assert "usually reply" not in sends_an_enquiry(visitor).text
    assert "usually reply" not in status_page(client, Enquiry.objects.get())


def test_the_practice_can_turn_it_off(visitor, replied):
    PracticeSettings.objects.update_or_create(
        site=visitor.practice.home.get_site(), defaults={"says_reply_time": False}
    )
    assert PROMISE not in visitor.opens().text


def test_another_front_end_can_say_it_too(client, matching_page, replied):
    said = {"usual_working_days": 1, "sentence": PROMISE}
    assert client.get("/api/v2/matching/").json()["usual_reply_in_working_days"] == 1
    assert client.get("/api/v2/site/").json()["reply_promise"] == said
    Enquiry.objects.all().delete()
    assert client.get("/api/v2/matching/").json()["usual_reply_in_working_days"] is None
    assert client.get("/api/v2/site/").json()["reply_promise"] is None
