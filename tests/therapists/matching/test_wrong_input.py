"""Wrong input comes back with an explanation and every other answer kept."""

from datetime import timedelta

import pytest

from therapists.enquiries.models import Enquiry
from therapists.matching.form import ticket

pytestmark = pytest.mark.django_db


FORM = "/find-a-therapist/"
WRONG = {
    "nothing at the start": ("before", {}, 2),
    "an answer that is none": ("before", {"adult": "maybe", "needs_help_today": "no"}, 1),
    "no concern": ("concerns", {}, 1),
    "a concern that is not there": ("concerns", {"main_concern": "99999999999999999999"}, 1),
    "a null byte": ("concerns", {"main_concern": "1\x00"}, 1),
    "nobody it is for": ("who", {}, 1),
    "someone who is none": ("who", {"client_group": "everyone"}, 1),
    "no way to meet": ("how", {}, 1),
    "a start that is none": ("how", {"formats": ["video"], "start_within": "3"}, 1),
    "an essential that says nothing": ("refine", {"gender_is_essential": "on"}, 1),
    "a language no one speaks": ("refine", {"language": "xx"}, 1),
    "a time that is none": ("refine", {"slots": ["9-night"]}, 1),
    "only these times, but none": ("refine", {"only_these_slots": "on"}, 1),
    "a budget in words": ("refine", {"budget": "not much"}, 1),
    "a budget below nothing": ("refine", {"budget": "-5"}, 1),
    "a budget without end": ("refine", {"budget": "1e400"}, 1),
    "a firm budget of nothing": ("refine", {"budget_is_firm": "on"}, 1),
    "a therapist not suggested": ("suggestions", {"choice": "1"}, 1),
    "no name and no address": ("contact", {}, 2),
    "half an address": (
        "contact",
        {"name": "Sam", "email": "sam@", "safe_to_email": "yes"},
        1,
    ),
    "an unsafe address and no phone": (
        "contact",
        {"name": "Sam", "email": "sam@example.org", "safe_to_email": "no"},
        1,
    ),
    "a header in the address": (
        "contact",
        {
            "name": "Sam",
            "email": "sam@example.org\nBcc: eve@example.org",
            "safe_to_email": "yes",
        },
        1,
    ),
    "a name without end": (
        "contact",
        {"name": "S" * 81, "email": "sam@example.org", "safe_to_email": "yes"},
        1,
    ),
    "no agreement": ("check", {}, 1),
}


def test_wrong_input_comes_back_with_every_answer_kept(visitor, make_therapist, subtests):
    make_therapist("Ada")
    for case, (step, answers, errors) in WRONG.items():
        with subtests.test(case):
            visitor.reaches("suggestions" if step == "refine" else step)
            if step == "refine":
                visitor.opens(f"{FORM}refine/").address = FORM
            before = [(name, value) for name, value in visitor.fields if name not in {*answers, "ticket"}]
            visitor.sends(**answers)
            assert visitor.response.status_code == 422
            assert visitor.step == step
            assert len(visitor.errors) == errors
            assert visitor.soup.title.get_text().startswith("Error:")
            for link in visitor.soup.select(".error-summary a"):
                assert visitor.soup.select_one(link["href"]), link["href"]
            assert set(before) <= set(visitor.fields)
    assert not Enquiry.objects.exists()


def test_wrong_values_come_back_to_be_corrected(visitor, make_therapist):
    make_therapist("Ada")
    visitor.reaches("suggestions").refines(budget="not much", matters_most="fee")
    kept = dict(visitor.fields)
    assert (visitor.step, kept["budget"], kept["matters_most"]) == ("refine", "not much", "fee")


def test_a_robot_that_fills_in_everything_is_told_kindly(visitor, make_therapist):
    make_therapist("Ada")
    visitor.reaches("contact").finishes(website="https://spam.example")
    assert visitor.response.status_code == 422
    assert "leave the field called “website” empty" in visitor.errors[0]
    assert not Enquiry.objects.exists()


def test_a_form_sent_too_soon_too_late_or_with_a_made_up_ticket_can_be_sent_again(
    visitor, make_therapist, monkeypatch
):
    make_therapist("Ada")
    visitor.reaches("check")
    for name, age in [("LEAST_AGE", timedelta(hours=1)), ("MOST_AGE", timedelta(0))]:
        with monkeypatch.context() as patched:
            patched.setattr(ticket, name, age)
            visitor.sends(consent="on")
            assert visitor.response.status_code == 422
    visitor.sends(consent="on", ticket="made-up")
    assert visitor.response.status_code == 422
    assert not Enquiry.objects.exists()
    visitor.sends()
    assert visitor.response.status_code == 302
    assert Enquiry.objects.count() == 1


def test_values_that_the_form_does_not_offer_are_refused(visitor):
    visitor.opens()
    response = visitor.client.post(visitor.address, {"step": "before", "adult": "y" * 70_000})
    assert response.status_code == 413
    nonsense = {"step": "nonsense", "go": "nowhere"}
    assert visitor.client.post(visitor.address, nonsense).url == "/find-a-therapist/"
    eased = {"step": "suggestions", "go": "ease-place_soon"}
    assert visitor.client.post(visitor.address, eased).url == "/find-a-therapist/"
    assert visitor.client.get("/find-a-therapist/nowhere/").status_code == 404
    assert visitor.client.put(visitor.address).status_code == 405
