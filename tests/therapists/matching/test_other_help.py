"""Visitors whom this form cannot help, and words that may be about safety."""

import json

import pytest
from django.contrib.sessions.models import Session
from wagtail.models import Site

from home.models import CrisisHelp
from therapists.enquiries.enums import State
from therapists.enquiries.models import Enquiry

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("answers", "heading"),
    [
        ({"adult": "no", "needs_help_today": "no"}, "Who can help if you are under 18"),
        ({"adult": "yes", "needs_help_today": "yes"}, "Help for today"),
        ({"adult": "no", "needs_help_today": "yes"}, "Help for today"),
    ],
)
def test_whoever_the_form_cannot_help_is_shown_who_can(visitor, answers, heading):
    visitor.opens().sends(**answers)
    assert visitor.soup.h1.get_text(strip=True) == heading
    assert visitor.response.status_code == 200
    assert visitor.step is None
    assert "Nobody sees what you chose." in visitor.text
    assert visitor.soup.title.get_text().startswith("Who can help now")
    assert visitor.response.request["PATH_INFO"] == "/find-a-therapist/other-help/"
    assert visitor.soup.select_one(".help-now")
    assert not Enquiry.objects.exists()
    assert not Session.objects.exists()


def test_whoever_needs_other_help_cannot_go_on_by_posting_later_steps(visitor, make_therapist):
    """Answers of an earlier step are checked again at every later one."""
    make_therapist("Ada")
    visitor.reaches("contact")
    contact = list(visitor.fields)
    visitor.opens().sends(adult="yes", needs_help_today="yes")
    assert visitor.soup.h1.get_text(strip=True) == "Help for today"
    visitor.fields, visitor.action = contact, "/find-a-therapist/contact/"
    visitor.finishes()
    assert visitor.soup.h1.get_text(strip=True) == "Help for today"
    visitor.opens("/find-a-therapist/concerns/")
    assert visitor.response.url == "/find-a-therapist/other-help/"
    assert not Enquiry.objects.exists()


def test_whoever_is_under_18_is_led_to_the_childrens_line_first(visitor):
    lines = [
        {"name": "Emergency", "phone": "999", "is_emergency": True},
        {"name": "Childline", "phone": "0800 1111", "especially_for": "under_18"},
    ]
    stored = [
        {"type": "help_line", "value": {"what_for": "Help", "hours": "Always", "nations": "UK"} | line}
        for line in lines
    ]
    CrisisHelp.objects.create(site=Site.objects.get(), help_lines=json.dumps(stored))
    for adult, first in (("no", "tel:08001111"), ("yes", "tel:999")):
        visitor.opens().sends(adult=adult, needs_help_today="yes")
        assert visitor.soup.select_one(".help-now a")["href"] == first


def test_every_thank_you_page_shows_help(visitor, make_therapist):
    make_therapist("Ada")
    visitor.reaches("contact")
    visitor.finishes(message="I lost my brother to suicide.")
    visitor.opens(visitor.response["Location"])
    assert "If you need someone before we answer" in visitor.soup.select_one(".help-now").text
    assert Enquiry.objects.get().state == State.RECEIVED


@pytest.mark.parametrize(
    "words",
    [
        "I have been self-harming again",
        "he'll kill me",
        "I want to hurt my baby",
        "the voices tell me to",
        "purging",
    ],
)
def test_words_of_every_kind_ask_for_a_persons_eyes(visitor, make_therapist, words):
    make_therapist("Ada")
    visitor.reaches("contact")
    visitor.finishes(message=words)
    assert Enquiry.objects.get().state == State.SAFETY_HOLD


def test_words_about_safety_show_help_and_do_not_stop_the_enquiry(visitor, make_therapist):
    make_therapist("Ada")
    visitor.reaches("contact")
    visitor.finishes(message="I want to die.")
    visitor.opens(visitor.response["Location"])
    assert visitor.soup.select_one(".help-now")
    assert Enquiry.objects.get().state == State.SAFETY_HOLD


@pytest.mark.parametrize(
    ("whom", "heading"),
    [("someone_else", "Asking for someone else"), ("child", "Who can help someone under 18")],
)
def test_whoever_asked_for_another_can_still_say_that_it_is_for_them(visitor, whom, heading):
    visitor.reaches("who").sends(client_group=whom)
    assert visitor.soup.h1.get_text(strip=True) == heading
    visitor.opens("/find-a-therapist/how/")
    assert visitor.response.url == "/find-a-therapist/other-help/"
    # By the browser's Back, and from the beginning.
    assert visitor.opens("/find-a-therapist/who/").step == "who"
    assert visitor.opens("/find-a-therapist/").sends().step == "who"
    assert visitor.sends(client_group="individual").step == "how"
    assert not Enquiry.objects.exists()
