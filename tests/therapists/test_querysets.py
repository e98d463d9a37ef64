"""The queries agree with what the records say of themselves."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from tests.factories.therapists import (
    AvailabilityFactory,
    ClientGroupFeeFactory,
    TherapistConcernFactory,
    TherapistPageFactory,
    WeeklyWindowFactory,
)
from therapists.enums import AvailabilityStatus, ClientGroup, ConcernLevel, DayPart, Weekday
from therapists.models import Absence, Availability, TherapistPage

TODAY = timezone.localdate()
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)

DIARIES = [
    ({}, None, AvailabilityStatus.OPEN),
    ({"places_per_four_weeks": 0}, None, AvailabilityStatus.FULL),
    ({"paused_until": TOMORROW}, None, AvailabilityStatus.PAUSED),
    ({"paused_until": TODAY}, None, AvailabilityStatus.OPEN),
    ({"starts_from": TOMORROW}, None, AvailabilityStatus.LATER),
    ({"starts_from": TODAY}, None, AvailabilityStatus.OPEN),
    ({}, (YESTERDAY, TODAY), AvailabilityStatus.AWAY),
    ({}, (TOMORROW, TOMORROW), AvailabilityStatus.OPEN),
    ({"confirmed_on": None}, None, AvailabilityStatus.OPEN),
    ({"paused_until": TOMORROW, "places_per_four_weeks": 0}, (TODAY, TODAY), AvailabilityStatus.PAUSED),
]


def test_the_database_and_a_diary_agree_on_who_takes_clients(practice):
    expected = set()
    for fields, away, status in DIARIES:
        therapist = TherapistPageFactory(parent=practice.directory, diary=None)
        diary = AvailabilityFactory(therapist=therapist, **fields)
        if away:
            Absence.objects.create(availability=diary, first_day=away[0], last_day=away[1])
        assert diary.status(TODAY) == status, (fields, away)
        if diary.is_accepting(TODAY):
            expected.add(therapist.pk)
    TherapistPageFactory(parent=practice.directory, diary=None)
    accepting = TherapistPage.objects.accepting_clients(TODAY).values_list("pk", flat=True)
    assert set(accepting) == expected
    annotated = TherapistPage.objects.with_acceptance(TODAY)
    assert {therapist.pk for therapist in annotated if therapist.accepts} == expected


@pytest.mark.parametrize(
    ("starts", "ends"), [("07:00", "12:00"), ("11:59", "12:01"), ("12:00", "17:00"), ("21:59", "23:00")]
)
def test_the_database_and_a_window_agree_on_the_parts_of_the_day(practice, starts, ends):
    therapist = TherapistPageFactory(parent=practice.directory)
    WeeklyWindowFactory(availability=therapist.availability, weekday=2, starts=starts, ends=ends)
    slots = Availability.objects.get().slots()
    for weekday in Weekday:
        for part in DayPart:
            found = TherapistPage.objects.free_at([(weekday, part)]).exists()
            assert found == ((weekday, part) in slots), (weekday, part)


def test_no_one_is_free_at_no_time(practice):
    TherapistPageFactory(parent=practice.directory)
    assert not TherapistPage.objects.free_at([]).exists()


def test_a_budget_holds_for_the_group_that_would_come(practice):
    therapist = TherapistPageFactory(parent=practice.directory, fee__fee=60)
    ClientGroupFeeFactory(therapist=therapist, group=ClientGroup.COUPLE, fee=100)
    within = TherapistPage.objects.within_budget
    assert within(Decimal(60)).get() == therapist
    assert not within(Decimal("59.99")).exists()
    assert not within(Decimal(60), ClientGroup.COUPLE).exists()
    assert within(Decimal(100), ClientGroup.COUPLE, ClientGroup.FAMILY).get() == therapist


def test_a_specialism_is_more_than_helping(practice):
    specialist, helper, refuser = [TherapistPageFactory(parent=practice.directory) for _ in range(3)]
    for therapist, level in zip([specialist, helper, refuser], ConcernLevel, strict=True):
        TherapistConcernFactory(therapist=therapist, concern=practice.grief, level=level)
    assert set(TherapistPage.objects.helping_with(practice.grief)) == {specialist, helper}
    assert set(TherapistPage.objects.specialising_in(practice.grief)) == {specialist}


@pytest.mark.parametrize(("expires", "is_registered"), [(YESTERDAY, False), (TODAY, True)])
def test_the_last_day_of_a_registration_counts(practice, expires, is_registered):
    TherapistPageFactory(parent=practice.directory, registration__expires_on=expires)
    assert TherapistPage.objects.registered(TODAY).exists() == is_registered
    assert TherapistPage.objects.unregistered(TODAY).exists() != is_registered
