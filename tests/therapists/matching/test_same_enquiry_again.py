"""The same request again makes no second enquiry, and another request needs a key of its own."""

import uuid
from datetime import timedelta

import pytest

from tests.therapists.matching.front_end import problem
from therapists.enquiries.models import Enquiry, OutgoingMessage
from therapists.matching.form import ticket
from therapists.matching.models import ExtraQuestion
from therapists.models import Availability

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("later", ["at once", "much later"])
def test_the_same_request_again_has_the_same_answer(
    front_end, matching_page, make_therapist, later, monkeypatch
):
    therapist = make_therapist("Ada")
    answers = front_end.answers(choice=str(therapist.pk), budget=60.5, approaches=[], message=" Hello ")
    key = uuid.uuid4()
    first = front_end.sends(answers, key)
    if later == "much later":
        Availability.objects.update(places_per_four_weeks=0)
        monkeypatch.setattr(ticket, "MOST_AGE", timedelta(0))
        matching_page.consent_version = "2027-01"
        matching_page.save()
        assert "choice" in problem(front_end.sends(answers | {"consent_version": "2027-01"}))

    again = front_end.sends(answers, key)

    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert again["Location"] == first["Location"]
    assert Enquiry.objects.count() == 1
    assert OutgoingMessage.objects.count() == 2


OTHERS = [
    {"message": "Changed."},
    {"name": "Sam"},
    {"consent_version": "2025-01"},
    {"slots": ["1-morning"]},
    {"slots": None},
    {"choice": "1"},
    {"choice": None},
    {"formats": ["video", "phone"]},
    {"main_concern": "other"},
    {"safe_to_leave_message": True},
    {"extra_0": "From a friend"},
    {"email": "sam@"},
    {"consent": False},
]


@pytest.mark.parametrize("other", OTHERS, ids=str)
def test_one_key_is_not_used_for_two_enquiries(front_end, matching_page, make_therapist, other):
    make_therapist("Ada")
    matching_page.extra_questions.add(ExtraQuestion(label="How did you hear of us?"))
    matching_page.save()
    answers, key = front_end.answers(message="Hello"), uuid.uuid4()
    front_end.sends(answers, key)
    before = Enquiry.objects.get()

    refused = front_end.sends(answers | other, key)

    assert problem(refused, 409) == {}
    assert refused.json()["type"].endswith("/problems/conflict/")
    after = Enquiry.objects.get()
    assert (after.answers(), after.contact, after.free_text) == (
        before.answers(),
        before.contact,
        before.free_text,
    )
    assert OutgoingMessage.objects.count() == 2


UUID = "7c9e6679-7425-40de-944b-e07fc1f90ae7"
NO_KEYS = [None, "", "1", "not-a-uuid", "x" * 60_000, "0" * 31, "\x00"]
AROUND_ONE = ["-" * 60_000 + UUID, f"{{{UUID}}}", f"urn:uuid:{UUID}", f"{UUID}, {UUID}"]


@pytest.mark.parametrize("key", [*NO_KEYS, *AROUND_ONE], ids=lambda key: repr(key)[:20])
def test_a_key_is_needed(front_end, make_therapist, key):
    make_therapist("Ada")
    headers = {} if key is None else {"idempotency-key": key}
    response = front_end.client.post(
        "/api/v2/enquiries/", front_end.answers(), content_type="application/json", headers=headers
    )

    assert set(problem(response)) == {"Idempotency-Key"}
    assert not Enquiry.objects.exists()


def test_numbers_and_texts_of_the_same_meaning_are_the_same_content(front_end, make_therapist):
    make_therapist("Ada")
    answers, key = front_end.answers(budget="60"), uuid.uuid4()
    front_end.sends(answers, key)
    alike = answers | {"budget": 60.0, "main_concern": int(answers["main_concern"]), "pronouns": ""}

    assert front_end.sends(alike, key).status_code == 201
    assert Enquiry.objects.count() == 1
