"""When a first consultation can really happen."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from therapists.openings import (
    LOOKED_AHEAD,
    UK,
    AbsentDays,
    ConsultationDiary,
    Opening,
    PracticeTime,
    WeeklyPeriod,
    consultations,
    first_consultation,
    openings,
)

MONDAY = date(2026, 11, 23)
TUESDAY_EVENING = WeeklyPeriod(1, time(17), time(20))
MONDAY_MORNING = WeeklyPeriod(0, time(9), time(12))
MONDAY_NOON = WeeklyPeriod(0, time(12), time(14))
HALF_AN_HOUR = timedelta(minutes=30)


def practice(notice=1, closed=()):
    return PracticeTime(lambda asked_on: asked_on + timedelta(days=notice), lambda day: day in closed)


def diary(week, **fields):
    return ConsultationDiary(week=week, length=HALF_AN_HOUR, **fields)


def first(week, notice=1, closed=(), **fields):
    moment = first_consultation(diary(week, **fields), practice(notice, closed), MONDAY)
    return moment and moment.replace(tzinfo=None)


def day_of(week, **fields):
    moment = first(week, **fields)
    return moment and moment.date()


def test_it_begins_with_the_next_opening_of_the_week():
    assert first([MONDAY_MORNING, TUESDAY_EVENING]) == datetime(2026, 11, 24, 17)


def test_nothing_is_before_the_notice_that_the_practice_needs():
    assert day_of([MONDAY_MORNING]) == date(2026, 11, 30)
    assert day_of([MONDAY_MORNING], notice=7) == date(2026, 11, 30)
    assert day_of([MONDAY_MORNING], notice=8) == date(2026, 12, 7)


def test_the_earlier_of_two_openings_of_a_day_comes_first():
    assert first([MONDAY_NOON, MONDAY_MORNING]) == datetime(2026, 11, 30, 9)


@pytest.mark.parametrize(
    ("away", "expected"),
    [
        (AbsentDays(date(2026, 11, 24), date(2026, 11, 24)), date(2026, 12, 1)),
        (AbsentDays(date(2026, 11, 20), date(2026, 12, 1)), date(2026, 12, 8)),
        (AbsentDays(date(2026, 11, 25), date(2026, 12, 20)), date(2026, 11, 24)),
    ],
)
def test_days_away_are_passed_over(away, expected):
    assert day_of([TUESDAY_EVENING], away=[away]) == expected


def test_days_on_which_the_practice_is_closed_are_passed_over():
    assert day_of([TUESDAY_EVENING], closed=[date(2026, 11, 24)]) == date(2026, 12, 1)


def test_what_is_taken_is_passed_over():
    taken = (datetime(2026, 11, 24, 17, 10, tzinfo=UTC), datetime(2026, 11, 24, 18, tzinfo=UTC))
    assert first([TUESDAY_EVENING], taken=[taken]) == datetime(2026, 11, 24, 18)


def test_the_latest_of_what_is_waited_for_counts():
    late = date(2026, 12, 8)
    assert day_of([TUESDAY_EVENING], starts_from=late) == late
    assert day_of([TUESDAY_EVENING], next_place_on=late, starts_from=date(2026, 11, 25)) == late


def test_during_a_pause_nobody_can_ask_so_notice_begins_after_it():
    assert day_of([TUESDAY_EVENING], paused_until=date(2026, 12, 8)) == date(2026, 12, 15)


@pytest.mark.parametrize(
    "fields",
    [
        {"week": []},
        {"week": [WeeklyPeriod(1, time(17), time(17, 29))]},
        {"week": [TUESDAY_EVENING], "gives_places": False},
        {"week": [TUESDAY_EVENING], "away": [AbsentDays(MONDAY, date(2027, 6, 1))]},
        {"week": [TUESDAY_EVENING], "starts_from": date(2027, 6, 1)},
    ],
)
def test_where_nothing_can_be_said_nothing_is(fields):
    assert first(**fields) is None


days = st.dates(MONDAY - timedelta(days=20), MONDAY + timedelta(days=70))
some_day = st.none() | days
clocks = st.times(time(6), time(22)).map(lambda clock: clock.replace(minute=0, second=0, microsecond=0))


@st.composite
def diaries(draw):
    weekly = st.builds(WeeklyPeriod, st.integers(0, 6), clocks, clocks)
    absent = st.tuples(days, days).map(lambda ends: AbsentDays(min(ends), max(ends)))
    begins = st.tuples(days, clocks).map(lambda parts: datetime.combine(*parts, tzinfo=UK))
    taken = begins.map(lambda moment: (moment, moment + timedelta(hours=3)))
    return ConsultationDiary(
        week=draw(st.lists(weekly, max_size=5)),
        length=timedelta(minutes=draw(st.integers(10, 90))),
        away=draw(st.lists(absent, max_size=2)),
        gives_places=draw(st.sampled_from([True, True, True, False])),
        starts_from=draw(some_day),
        paused_until=draw(some_day),
        next_place_on=draw(some_day),
        taken=draw(st.lists(taken, max_size=4)),
    )


@given(diaries(), st.integers(0, 20), st.sets(days, max_size=5))
def test_the_first_is_possible_and_nothing_possible_is_before_it(of_one, notice, closed):
    """Whatever the diary, checked against every half hour of all days that are looked at."""
    of_practice = practice(notice, closed)

    def is_possible(moment):
        day, ends = moment.date(), moment + of_one.length
        asked_on = max(MONDAY, of_one.paused_until or MONDAY)
        return (
            of_one.gives_places
            and day >= asked_on + timedelta(days=notice)
            and all(day >= wait for wait in (of_one.starts_from, of_one.next_place_on) if wait)
            and day not in closed
            and not any(row.first_day <= day <= row.last_day for row in of_one.away)
            and any(
                row.weekday == day.weekday()
                and row.starts <= moment.time()
                and ends.date() == day
                and ends.time() <= row.ends
                for row in of_one.week
            )
            and all(ends <= starts or upto <= moment for starts, upto in of_one.taken)
        )

    midnight = datetime.combine(MONDAY, time(), UK)
    half_hours = [midnight + n * HALF_AN_HOUR for n in range(48 * (LOOKED_AHEAD.days + 1))]
    possible = [moment for moment in half_hours if is_possible(moment)]
    found = list(consultations(of_one, of_practice, MONDAY, MONDAY + LOOKED_AHEAD))
    assert sorted(set(found)) == possible
    assert first_consultation(of_one, of_practice, MONDAY) == (possible[0] if possible else None)


@given(diaries(), st.integers(0, 20), st.integers(0, 20))
def test_more_notice_never_makes_it_earlier(of_one, notice, more):
    soon, late = (first_consultation(of_one, practice(days), MONDAY) for days in (notice, notice + more))
    assert late is None or (soon is not None and soon <= late)


def test_every_opening_of_some_days_comes_in_order():
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
