"""When therapists are free for a first consultation."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories.enquiries import make_matcher, make_offerable_therapist, offer_to, stored_enquiry
from tests.factories.therapists import WeeklyWindowFactory
from therapists.enquiries.enums import State
from therapists.enquiries.free_times import first_day, open_times
from therapists.enquiries.models import Closure, Consultation, ConsultationState, EnquirySettings, Offer
from therapists.enquiries.services.lifecycle import DEADLINES, deadline_of
from therapists.models import Absence, Availability

#: A Thursday. Six working days later, on a Saturday, begins the week of times that can be kept.
TODAY = date(2026, 11, 19)
FIRST_DAY = date(2026, 11, 28)
NEXT_MONDAY = date(2026, 11, 30)


def at(day, hour, minute=0):
    return timezone.make_aware(datetime(day.year, day.month, day.day, hour, minute))


@pytest.fixture
def therapist(enquiries_practice):
    """Someone who works on Mondays from nine to ten, with consultations of twenty minutes."""
    therapist = make_offerable_therapist(enquiries_practice.directory, "Sample Monday")
    WeeklyWindowFactory(availability=therapist.availability, ends="10:00")
    return therapist


def test_they_begin_when_everyone_has_had_the_time_that_they_have(db, settings, monkeypatch):
    assert first_day(TODAY) == FIRST_DAY
    settings.ENQUIRY_OFFER_HOURS = 24
    assert first_day(TODAY) == FIRST_DAY - timedelta(days=1)
    monkeypatch.setitem(DEADLINES, "received", timedelta(days=3))
    assert first_day(TODAY) == NEXT_MONDAY + timedelta(days=1), "the weekend counts for nothing"


def test_no_time_is_offered_that_deadlines_can_outlast(db):
    """From whenever in a year, over weekends, bank holidays and days on which the practice is closed."""
    Closure.objects.create(
        settings=EnquirySettings.load(), first_day=date(2026, 12, 29), last_day=date(2026, 12, 31)
    )
    assert first_day(date(2026, 12, 21)) == date(2027, 1, 7)
    for ahead in range(0, 366, 5):
        day = date(2026, 6, 1) + timedelta(days=ahead)
        last_moment = at(day, 23, 59)
        for state in (State.RECEIVED, State.REVIEW, State.SHORTLISTED, State.OFFERED, State.ACCEPTED):
            last_moment = deadline_of(state, last_moment)
        assert timezone.localdate(last_moment) == first_day(day) - timedelta(days=1)


def test_a_week_of_real_times_is_offered(therapist):
    assert open_times([therapist.pk], TODAY) == [at(NEXT_MONDAY, 9), at(NEXT_MONDAY, 9, 30)]


def test_of_several_all_together_and_each_once(therapist, enquiries_practice):
    other = make_offerable_therapist(enquiries_practice.directory, "Sample Other")
    WeeklyWindowFactory(availability=other.availability, starts="09:30", ends="10:30")
    together = open_times([therapist.pk, other.pk], TODAY)
    assert together == [at(NEXT_MONDAY, 9), at(NEXT_MONDAY, 9, 30), at(NEXT_MONDAY, 10)]
    assert open_times([], TODAY) == []


@pytest.mark.parametrize(
    ("state", "is_left_out"),
    [
        (ConsultationState.HELD, True),
        (ConsultationState.PROPOSED, True),
        (ConsultationState.CONFIRMED, True),
        (ConsultationState.RELEASED, False),
        (ConsultationState.CALLED_OFF, False),
    ],
)
def test_what_is_booked_is_left_out(therapist, enquiry, state, is_left_out):
    begins = at(NEXT_MONDAY, 9, 10)
    Consultation.objects.create(
        enquiry=enquiry, therapist=therapist, state=state, during=(begins, begins + timedelta(minutes=20))
    )
    assert (at(NEXT_MONDAY, 9) in open_times([therapist.pk], TODAY)) != is_left_out
    assert at(NEXT_MONDAY, 9, 30) in open_times([therapist.pk], TODAY)


@pytest.mark.parametrize("way", ["away", "paused", "begins later", "no places", "no diary"])
def test_who_is_not_there_has_no_times_until_they_are(therapist, way):
    diary = therapist.availability
    match way:
        case "away":
            Absence.objects.create(availability=diary, first_day=NEXT_MONDAY, last_day=NEXT_MONDAY)
        case "paused":
            diary.paused_until = NEXT_MONDAY + timedelta(days=1)
        case "begins later":
            diary.starts_from = NEXT_MONDAY + timedelta(days=1)
        case "no places":
            diary.places_per_four_weeks = 0
    diary.save()
    if way == "no diary":
        diary.delete()
    a_week_later = NEXT_MONDAY + timedelta(days=7)
    expected = {
        "away": a_week_later,
        "begins later": a_week_later,
        "paused": NEXT_MONDAY + timedelta(days=14),
    }
    days = {moment.date() for moment in open_times([therapist.pk], TODAY)}
    assert days == ({expected[way]} if way in expected else set())


def test_whose_places_are_in_use_has_times_from_when_one_frees(therapist, enquiries_practice, enquiry):
    offer = offer_to(enquiry, therapist, make_matcher("asker"))
    Offer.objects.filter(pk=offer.pk).update(made_at=at(TODAY, 9) - timedelta(days=7))
    Availability.objects.update(places_per_four_weeks=2)
    assert open_times([therapist.pk], TODAY)[0].date() == NEXT_MONDAY
    Availability.objects.update(places_per_four_weeks=1)
    assert open_times([therapist.pk], TODAY)[0].date() == NEXT_MONDAY + timedelta(days=14)


def test_no_one_is_met_on_a_bank_holiday(therapist):
    """28 December 2026 is one, for Boxing Day is a Saturday."""
    assert open_times([therapist.pk], date(2026, 12, 14))[0].date() == date(2027, 1, 4)


def test_the_clock_in_the_uk_may_change_in_between(therapist):
    """On 25 October 2026 it goes back: nine o'clock is an hour later by UTC."""
    [first, _second] = open_times([therapist.pk], date(2026, 10, 15))
    assert first.isoformat() == "2026-10-26T09:00:00+00:00"
    [first, _second] = open_times([therapist.pk], date(2026, 10, 8))
    assert first.isoformat() == "2026-10-19T09:00:00+01:00"


def test_the_number_of_queries_does_not_grow(therapist, enquiries_practice, enquiry):
    def queries(therapists):
        with CaptureQueriesContext(connection) as captured:
            open_times(therapists, TODAY)
        return len(captured)

    one = queries([therapist.pk])
    more = [make_offerable_therapist(enquiries_practice.directory, f"Sample {n}") for n in range(4)]
    for other in more:
        WeeklyWindowFactory(availability=other.availability)
    assert queries([therapist.pk, *(other.pk for other in more)]) == one
    assert stored_enquiry(enquiries_practice.panic.pk)
