"""Wherever somebody reads when a first consultation can be, it is the same day."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from tests.factories.enquiries import EnquiryAnswersFactory, make_matcher, offer_to, stored_enquiry
from tests.factories.therapists import TherapistPageFactory, WeeklyWindowFactory
from therapists.enquiries.free_times import first_day, open_times
from therapists.enquiries.models import Consultation, ConsultationState, Offer
from therapists.enums import part_of_day
from therapists.matching.inputs.candidates import load_candidates
from therapists.matching.services import find_match
from therapists.models import Absence, Availability

pytestmark = pytest.mark.django_db


@pytest.fixture
def therapist(make_therapist, practice):
    """Someone who sees people each morning and evening, and works with grief."""
    therapist = make_therapist("Ada Sample", slug="ada-sample", places=1)
    therapist.availability.windows.all().delete()
    for weekday in range(7):
        WeeklyWindowFactory(availability=therapist.availability, weekday=weekday, ends="10:00")
        WeeklyWindowFactory(
            availability=therapist.availability, weekday=weekday, starts="18:00", ends="20:00"
        )
    return therapist


def change(kind, therapist, practice):
    today = timezone.localdate()
    diary, soonest = therapist.availability, first_day(today)
    match kind:
        case "away":
            Absence.objects.create(availability=diary, first_day=today, last_day=soonest + timedelta(days=3))
        case "begins later":
            Availability.objects.update(starts_from=today + timedelta(days=20))
        case "mornings are taken":
            enquiry = stored_enquiry(practice.grief.pk)
            for _number in range(30):
                [begins, *_rest] = open_times([therapist.pk], today)
                if part_of_day(begins) != "morning":
                    break
                Consultation.objects.create(
                    enquiry=enquiry,
                    therapist=therapist,
                    state=ConsultationState.PROPOSED,
                    during=(begins, begins + timedelta(hours=1)),
                )
        case "places are in use":
            enquiry = stored_enquiry(practice.grief.pk)
            offer = offer_to(enquiry, therapist, make_matcher("asker"))
            Offer.objects.filter(pk=offer.pk).update(made_at=timezone.now() - timedelta(days=10))


@pytest.mark.parametrize(
    "kind", ["as it is", "away", "begins later", "mornings are taken", "places are in use"]
)
def test_every_place_says_the_same_day(client, matcher, practice, therapist, kind):
    today = timezone.localdate()
    change(kind, therapist, practice)
    [first, *_later] = open_times([therapist.pk], today)
    assert first.date() >= first_day(today)

    said = {
        "the form": first.date(),
        "the matching": load_candidates(today, {})[0].available_from,
        "the API": date.fromisoformat(
            client.get(f"/api/v2/therapists/{therapist.pk}/?fields=availability").json()["availability"][
                "first_consultation"
            ]["day"]
        ),
    }
    TherapistPageFactory(parent=practice.directory, title="Ben Sample", slug="ben-sample", diary=None)
    compared = f"{practice.directory.url}compare/?t=ada-sample&t=ben-sample"
    for name, address in {
        "the profile": therapist.url,
        "its card in the directory": practice.directory.url,
        "the comparison": compared,
    }.items():
        soup = BeautifulSoup(client.get(address).content, "html.parser")
        note = soup.select_one(".availability-note__next")
        said[name] = date.fromisoformat(note.time["datetime"])
        words = " ".join(note.text.split())
        assert f"from {date_format(first, 'l j F')}, in the {part_of_day(first)}" in words, name
        has_place = kind in {"as it is", "mornings are taken"}
        status = note.parent.select_one(".availability-note__status")
        if name == "its card in the directory":  # what is usual is said once, above the list
            assert (status is None) == has_place
        else:
            assert ("Has a place now" in status.text) == has_place, name
    client.force_login(matcher)
    page = client.get(reverse("matching_admin:therapists")).content.decode()
    assert date_format(first, "j M Y, H:i") in page
    assert set(said.values()) == {first.date()}, said


@pytest.mark.parametrize("begins_in", [0, 20, 80])
def test_the_form_offers_no_start_that_cannot_be(client, visitor, matching_page, therapist, begins_in):
    """“Within a week” was offered where nobody could be met within a week."""
    today = timezone.localdate()
    Availability.objects.update(starts_from=today + timedelta(days=begins_in))
    therapist.availability.refresh_from_db()
    first = therapist.availability.first_consultation(today)
    possible = [weeks for weeks in (1, 2, 4, 8) if first and first.date() <= today + timedelta(weeks=weeks)]
    visitor.reaches("how")
    shown = BeautifulSoup(visitor.response.content, "html.parser").select("[name=start_within] option")
    assert [option["value"] for option in shown] == ["", *map(str, possible)]
    questions = [one for step in client.get("/api/v2/matching/").json()["steps"] for one in step["questions"]]
    [starts] = [question for question in questions if question["name"] == "start_within"]
    assert [choice["key"] for choice in starts["choices"]] == ["", *map(str, possible)]


def test_a_start_that_was_chosen_while_it_could_be_is_no_error(visitor, therapist):
    Availability.objects.update(starts_from=timezone.localdate() + timedelta(days=20))
    visitor.reaches("how")
    visitor.sends(**visitor.plain_answers()["how"] | {"start_within": "1"})
    assert visitor.step != "how"


@pytest.mark.parametrize(("weeks", "said"), [("1", "later than you hoped"), ("4", "as soon as you hoped")])
def test_a_reason_says_that_day_and_is_true_to_what_was_hoped(practice, therapist, weeks, said):
    """“Can begin by 4 December, as you hoped” stood beside a first consultation on the 8th."""
    today = timezone.localdate()
    first = therapist.availability.first_consultation(today).date()
    asked = EnquiryAnswersFactory(concerns=(practice.grief.pk,), start_within=weeks)
    [one] = find_match(asked, draw_key="a", as_of=today).suggestions
    sentence = f"A first consultation is possible from {date_format(first, 'j F Y')}, {said}."
    assert sentence in {*one.reasons, *one.cautions}


def test_who_has_no_times_is_not_said_to_begin_as_hoped(practice, therapist):
    therapist.availability.windows.all().delete()
    asked = EnquiryAnswersFactory(concerns=(practice.grief.pk,), start_within="4")
    [one] = find_match(asked, draw_key="a", as_of=timezone.localdate()).suggestions
    assert "hoped" not in " ".join([*one.reasons, *one.cautions])
