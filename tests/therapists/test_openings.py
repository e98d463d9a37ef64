"""When a therapist has time for a first consultation."""

from datetime import date, datetime, time, timedelta

import pytest

from therapists.openings import AbsentDays, Opening, WeeklyPeriod, next_opening, openings

MONDAY = date(2026, 11, 23)
TUESDAY_EVENING = WeeklyPeriod(1, time(17), time(20))
MONDAY_MORNING = WeeklyPeriod(0, time(9), time(12))
MONDAY_NOON = WeeklyPeriod(0, time(12), time(14))


def day_of(week, away=(), as_of=MONDAY, not_before=()):
    opening = next_opening(week, away, as_of, not_before)
    return opening and opening.day


def test_it_is_the_next_stretch_of_the_week():
    assert next_opening([MONDAY_MORNING, TUESDAY_EVENING], [], MONDAY) == Opening(
        date(2026, 11, 24), time(17), time(20)
    )


def test_nothing_is_promised_for_the_same_day():
    assert day_of([MONDAY_MORNING]) == date(2026, 11, 30)


def test_the_earlier_of_two_stretches_of_a_day_comes_first():
    opening = next_opening([MONDAY_NOON, MONDAY_MORNING], [], MONDAY)
    assert (opening.starts, opening.ends) == (time(9), time(12))


@pytest.mark.parametrize(
    ("away", "expected"),
    [
        (AbsentDays(date(2026, 11, 24), date(2026, 11, 24)), date(2026, 12, 1)),
        (AbsentDays(date(2026, 11, 20), date(2026, 12, 1)), date(2026, 12, 8)),
        (AbsentDays(date(2026, 11, 25), date(2026, 12, 20)), date(2026, 11, 24)),
    ],
)
def test_days_away_are_passed_over(away, expected):
    assert day_of([TUESDAY_EVENING], [away]) == expected


def test_the_latest_of_the_days_to_wait_for_counts():
    waits = [date(2026, 11, 25), None, date(2026, 12, 8)]
    assert day_of([TUESDAY_EVENING], not_before=waits) == date(2026, 12, 8)


@pytest.mark.parametrize(
    ("week", "away", "not_before"),
    [
        ([], [], []),
        ([TUESDAY_EVENING], [AbsentDays(MONDAY, date(2027, 6, 1))], []),
        ([TUESDAY_EVENING], [], [date(2027, 6, 1)]),
    ],
)
def test_where_nothing_can_be_said_nothing_is(week, away, not_before):
    assert next_opening(week, away, MONDAY, not_before) is None


def test_every_stretch_of_some_days_comes_in_order():
    week = [TUESDAY_EVENING, MONDAY_NOON, MONDAY_MORNING]
    away = [AbsentDays(date(2026, 11, 24), date(2026, 11, 24))]
    found = list(openings(week, away, MONDAY, MONDAY + timedelta(days=8)))
    assert [(opening.day.day, opening.starts.hour) for opening in found] == [
        (23, 9),
        (23, 12),
        (30, 9),
        (30, 12),
        (1, 17),
    ]
    assert list(openings(week, [], MONDAY, MONDAY - timedelta(days=1))) == []


@pytest.mark.parametrize(
    ("ends", "minutes", "begins"),
    [
        (time(10, 20), 20, ["09:00", "09:30", "10:00"]),
        (time(10, 19), 20, ["09:00", "09:30"]),
        (time(9, 50), 50, ["09:00"]),
        (time(9, 49), 50, []),
    ],
)
def test_a_conversation_begins_every_half_hour_and_ends_with_its_stretch(ends, minutes, begins):
    opening = Opening(MONDAY, time(9), ends)
    found = list(opening.start_times(timedelta(minutes=minutes)))
    assert [f"{moment:%H:%M}" for moment in found] == begins
    assert all(moment == datetime.combine(MONDAY, moment.time()) for moment in found)
