"""The last step of the page: what is sent twice, too often, or without what the page sent along."""

import pytest

from tests.throttling import hold_back
from therapists.enquiries.enums import State
from therapists.enquiries.models import Enquiry, OutgoingMessage
from therapists.enquiries.signed_links import Purpose, address
from therapists.matching.form.submission import HONEYPOT

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_the_end(visitor, make_therapist):
    make_therapist("Ada")
    return visitor.reaches("contact")


def sends_again(visitor, form, **answers):
    visitor.address = "/find-a-therapist/"
    visitor.fields = list(form)
    return visitor.finishes(**answers)


def test_a_second_version_of_what_was_sent_is_not_dropped_in_silence(at_the_end):
    form = list(at_the_end.fields)
    sends_again(at_the_end, form, message="The first.")
    sends_again(at_the_end, form, message="The second.")
    assert at_the_end.response.status_code == 409
    assert at_the_end.errors[0].startswith("We already have your enquiry, as you first sent it.")
    assert dict(at_the_end.fields)["message"] == "The second."
    assert Enquiry.objects.get().free_text.message == "The first."
    assert OutgoingMessage.objects.count() == 2


def test_sending_again_gives_the_same_thanks_though_the_wording_changed_since(at_the_end, matching_page):
    form = list(at_the_end.fields)
    sends_again(at_the_end, form)
    matching_page.consent_version = "2027-01"
    matching_page.save()
    sends_again(at_the_end, form)
    assert at_the_end.response.status_code == 302
    assert Enquiry.objects.get().consent_version == "2026-11"


@pytest.mark.parametrize("ticket", ["", "made-up"])
def test_nothing_is_sent_without_the_ticket_of_the_page(at_the_end, ticket):
    at_the_end.finishes(ticket=ticket)
    assert at_the_end.response.status_code == 422
    assert not Enquiry.objects.exists()
    at_the_end.sends()
    assert at_the_end.response.status_code == 302


def test_whoever_sends_very_often_waits_and_loses_nothing(at_the_end, settings):
    hold_back(settings, sending="1/hour")
    form = list(at_the_end.fields)
    sends_again(at_the_end, form)
    assert at_the_end.response.status_code == 302
    at_the_end.opens("/find-a-therapist/")
    at_the_end.reaches("contact").finishes(message="Long thought about.")
    assert at_the_end.response.status_code == 429
    assert 3500 < int(at_the_end.response["Retry-After"]) <= 3601
    assert "no-store" in at_the_end.response["Cache-Control"]
    assert at_the_end.step == "check"
    assert "Nothing you wrote is lost." in at_the_end.errors[0]
    assert "wait 60 minutes" in at_the_end.errors[0]
    assert dict(at_the_end.fields)["consent"] == "on"
    assert "Long thought about." in at_the_end.text and "Sam Sample" in at_the_end.text
    assert Enquiry.objects.count() == 1
    hold_back(settings, sending="1/hour")
    at_the_end.sends()
    assert at_the_end.response.status_code == 302
    assert Enquiry.objects.count() == 2


def test_only_what_could_be_sent_counts(at_the_end, settings):
    """Mending answers is no reason to make anyone wait."""
    hold_back(settings, sending="1/hour")
    for _attempt in range(3):
        at_the_end.sends(**at_the_end.plain_answers()["contact"] | {"email": "sam@"})
        assert at_the_end.response.status_code == 422
    at_the_end.finishes()
    assert at_the_end.response.status_code == 302


def test_the_honeypot_is_checked_before_anything_is_stored(at_the_end):
    at_the_end.finishes(**{HONEYPOT: "x"}, message="I want to die.")
    assert not Enquiry.objects.filter(state=State.SAFETY_HOLD).exists()


def test_the_thanks_say_where_we_write_whom_they_asked_and_the_private_link(at_the_end, client):
    needed = at_the_end.soup.select("label[for=id_email] .form-field__optional")
    assert [words.text for words in needed] == ["(needed, unless we phone)"]
    answers = at_the_end.plain_answers()
    at_the_end.sends(**answers["contact"] | {"email": "sample@hotmial.com"})
    assert "Did you mean sample@hotmail.com?" in at_the_end.text
    at_the_end.sends(**answers["check"])
    enquiry = Enquiry.objects.get()
    at_the_end.opens(at_the_end.response["Location"])
    assert "We write to sample@hotmial.com . Did you mean sample@hotmail.com?" in at_the_end.text
    assert "You asked us to choose." in at_the_end.text
    link = address(Purpose.STATUS, enquiry.pk)
    assert at_the_end.soup.select_one(".matching__link a")["href"] == link
    assert client.get(link).status_code == 200
    assert "no-store" in at_the_end.response["Cache-Control"]


def test_the_thanks_of_whoever_has_no_email_say_that_we_call_and_give_the_link(at_the_end):
    at_the_end.finishes(email="", safe_to_email="", phone="020 7946 0000 ext 12")
    at_the_end.opens(at_the_end.response["Location"])
    assert "We call 020 7946 0000 x12 , and write no e-mail." in at_the_end.text
    assert at_the_end.soup.select_one(".matching__link a")
