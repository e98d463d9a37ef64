"""Choosing a few times out of many, from plain values."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from therapists.enums import DayPart
from therapists.matching.form.meeting_times import MOST_A_DAY, few_times

#: A Monday in winter, when UK time is UTC.
MONDAY = datetime(2026, 11, 30, tzinfo=UTC)
ANY_TIME = frozenset()
UK = "Europe/London"


def at(*hours, day=0):
    return [MONDAY + timedelta(days=day, hours=hour) for hour in hours]


def test_of_a_long_day_the_first_the_middle_and_the_last():
    assert few_times(at(9, 9.5, 10, 10.5, 11), ANY_TIME, UK) == at(9, 10, 11)
    assert few_times(at(9, 9.5), ANY_TIME, UK) == at(9, 9.5)


def test_each_day_has_its_own():
    assert few_times(at(9, 10, 11, 12) + at(17, day=1), ANY_TIME, UK) == at(9, 11, 12) + at(17, day=1)


def test_where_some_suit_the_week_of_the_visitor_only_those():
    evening = frozenset({(1, str(DayPart.EVENING))})
    times = at(9, 18) + at(9, 18, day=1)
    assert few_times(times, evening, UK) == at(18, day=1)
    assert few_times(at(9, 18), evening, UK) == at(9, 18)


def test_parts_of_the_day_are_those_of_the_clock_in_the_uk():
    summer_evening = datetime(2026, 7, 6, 16, tzinfo=UTC)
    wanted = frozenset({(0, str(DayPart.EVENING))})
    assert few_times([summer_evening, summer_evening - timedelta(hours=3)], wanted, UK) == [summer_evening]


def test_at_night_by_the_clock_of_the_visitor_none_is_offered_where_others_are_open():
    assert few_times(at(9, 11, 14, 17), ANY_TIME, "America/New_York") == at(14, 17)
    assert few_times(at(9, 11), ANY_TIME, "America/New_York") == at(9, 11)
    # Six in the evening in London is three in the morning in Tokyo.
    assert few_times(at(9, 18), frozenset({(0, str(DayPart.EVENING))}), "Asia/Tokyo") == at(18)


@given(
    st.sets(st.datetimes(datetime(2026, 1, 1), datetime(2026, 1, 15), timezones=st.just(UTC))),
    st.sets(st.tuples(st.integers(0, 6), st.sampled_from([str(part) for part in DayPart]))),
)
def test_they_are_among_those_given_in_order_and_at_most_three_a_day(times, wanted):
    few = few_times(times, frozenset(wanted), UK)
    assert few == sorted(few)
    assert set(few) <= times
    assert bool(few) == bool(times)
    days = [moment.date() for moment in few]
    assert all(days.count(day) <= MOST_A_DAY for day in days)
