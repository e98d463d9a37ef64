"""A therapist's public profile, and what must not show on it."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from home.models import InfoPage, PracticeSettings
from tests.factories.therapists import (
    AvailabilityFactory,
    ClientGroupFeeFactory,
    TherapistConcernFactory,
    TherapistPageFactory,
    TherapistPrivateFactory,
    TherapistTherapyFactory,
    WeeklyWindowFactory,
)
from therapists.enums import ConcernLevel, TrainingLevel
from therapists.models import TherapistPage
from therapists.models.availability import bookings_on


@pytest.fixture
def anna(practice):
    return TherapistPageFactory(
        parent=practice.directory,
        title="Anna Sample",
        slug="anna",
        pronouns="she/her",
        practising_since=timezone.localdate().year - 9,
        how_i_work="Slowly and with care.",
        fee__reduced_fee=35,
        registration__number="SAMPLE-77",
    )


def read(client, therapist):
    response = client.get(therapist.url)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def test_a_profile_shows_who_they_are_and_how_to_check_it(anna, practice, client):
    ClientGroupFeeFactory(therapist=anna, group="couple", fee="82.50")
    TherapistTherapyFactory(therapist=anna, therapy=practice.ipt, training=TrainingLevel.PARTIAL)
    text = " ".join(read(client, anna).text.split())
    for shown in [
        "Anna Sample",
        "she/her",
        "Sample profile: a made-up person",
        "Slowly and with care.",
        "(9 years)",
        "Interpersonal therapy Some training",
        "A couple £82.50",
        "£35",
        "Registration number SAMPLE-77",
        "We checked this on",
        "Confirmed 6 days ago",
        "Has a place now",
    ]:
        assert shown in text


def test_concerns_are_grouped_by_how_far_they_help(anna, practice, client):
    TherapistConcernFactory(therapist=anna, concern=practice.grief, level=ConcernLevel.SPECIALISM)
    TherapistConcernFactory(therapist=anna, concern=practice.panic, level=ConcernLevel.DOES_NOT_TAKE)
    soup = read(client, anna)
    assert soup.select_one(".chip--specialism")["href"] == practice.grief.url
    assert soup.select_one(".chip--does_not_take").text.strip() == "Panic"


def test_what_is_not_public_does_not_show_through_a_profile(anna, practice, client):
    TherapistConcernFactory(therapist=anna, concern=practice.grief, level=ConcernLevel.SPECIALISM)
    TherapistTherapyFactory(therapist=anna, therapy=practice.ipt)
    practice.grief.unpublish()
    practice.ipt.view_restrictions.create(restriction_type="login")
    for address in [anna.url, "/therapists/"]:
        html = client.get(address).text
        assert "Grief and loss" not in html
        assert "Interpersonal therapy" not in html
    assert TherapistPage.objects.get(pk=anna.pk).subjects == []


@pytest.mark.guide("Never shown.")
def test_private_records_are_on_no_page(anna, client):
    TherapistPrivateFactory(
        therapist=anna, offer_email="marker@example.org", verification_evidence="MARKER-EVIDENCE"
    )
    for address in [anna.url, "/therapists/", "/api/v2/pages/?type=therapists.TherapistPage&fields=*"]:
        html = client.get(address).text
        assert "marker" not in html.lower()


def test_an_enquiry_starts_with_this_therapist_chosen(anna, practice, client):
    assert not read(client, anna).select(".button")
    page = practice.home.add_child(instance=InfoPage(title="Find a therapist", slug="find-a-therapist"))
    practice_settings = PracticeSettings.for_site(practice.home.get_site())
    practice_settings.enquiry_page = page
    practice_settings.save()
    links = {button["href"] for button in read(client, anna).select(".button")}
    assert links == {"/find-a-therapist/?therapist=anna"}
    page.unpublish()
    assert not read(client, anna).select(".button")


def test_the_week_is_shown_by_day_and_part_of_the_day(anna, client):
    WeeklyWindowFactory(availability=anna.availability, weekday=1, starts="11:00", ends="13:00")
    rows = read(client, anna).select(".availability-grid tbody tr")
    free = [[bool(cell.select(".icon")) for cell in row.select("td:not([hidden])")] for row in rows]
    assert free[1] == [True, True, False]
    assert not any(any(row) for row in [free[0], *free[2:]])


TODAY = timezone.localdate()


@pytest.mark.guide(
    "Ask each therapist once a fortnight, and press Confirm as of today: visitors see how old it is.",
)
@pytest.mark.parametrize(
    ("diary", "said"),
    [
        ({"confirmed_on": TODAY}, "Confirmed today"),
        ({"confirmed_on": TODAY - timedelta(days=21)}, "Confirmed 21 days ago"),
        ({"confirmed_on": TODAY - timedelta(days=22)}, "so ask us first"),
        ({"confirmed_on": None}, "Not confirmed with the therapist yet"),
        ({"paused_until": TODAY + timedelta(days=9)}, "Not taking new clients until"),
        ({"starts_from": TODAY + timedelta(days=9)}, "Has a place from"),
        ({"places_per_four_weeks": 0}, "No place at the moment"),
    ],
)
def test_availability_is_said_as_it_is(practice, client, diary, said):
    therapist = TherapistPageFactory(parent=practice.directory, diary=None)
    AvailabilityFactory(therapist=therapist, **diary)
    note = read(client, therapist).select_one(".availability-note").text
    assert said in note
    assert ("Has a place now" in note) == set(diary).issubset({"confirmed_on"})


def test_a_therapist_without_a_diary_has_no_place(practice, client):
    therapist = TherapistPageFactory(parent=practice.directory, diary=None)
    assert "Ask us about places" in read(client, therapist).text
    assert "Has a place now" not in read(client, therapist).text


def next_time(soup):
    found = soup.select_one(".availability-note__next")
    return found and " ".join(found.text.split())


def test_when_a_first_consultation_can_be_is_on_the_profile_and_on_the_card(anna, practice, client):
    """Never before the practice's notice, and never four hours as if they were an appointment."""
    for weekday in range(7):
        WeeklyWindowFactory(availability=anna.availability, weekday=weekday, starts="17:00", ends="20:30")
    day = anna.availability.first_consultation(TODAY).date()
    assert day >= bookings_on(TODAY).practice_time.first_day(TODAY) > TODAY + timedelta(days=6)
    shown = next_time(read(client, anna))
    assert f"from {day:%A} {day.day} {day:%B}, in the evening (UK time)" in shown
    assert ":00" not in shown
    assert next_time(read(client, practice.directory)) == shown


@pytest.mark.parametrize("full", [{"places_per_four_weeks": 0}, {"paused_until": date(2999, 1, 1)}])
def test_who_has_no_place_names_no_time(anna, client, full):
    WeeklyWindowFactory(availability=anna.availability)
    type(anna.availability).objects.update(**full)
    assert next_time(read(client, anna)) is None


def test_the_week_is_in_uk_time_and_says_so(anna, client):
    WeeklyWindowFactory(availability=anna.availability, weekday=1, starts="09:30", ends="12:00")
    soup = read(client, anna)
    table = soup.select_one("[data-week]")
    assert table["data-week"].split() == ["2010-2160"]
    assert "In UK time." in soup.find(id=table["aria-describedby"]).text
    assert len(table.select("tbody .availability-grid__free")) == 1
