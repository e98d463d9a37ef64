"""The practice's working time: pure, for any hours, holidays and moment, through changes of the clock."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from therapists.enquiries.working_time import OpenHours, WorkingTime

LONDON = ZoneInfo("Europe/London")
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))
SPANS = st.timedeltas(timedelta(0), timedelta(days=30))
AMOUNTS = st.timedeltas(timedelta(0), timedelta(hours=80))


@st.composite
def openings(draw) -> tuple[OpenHours, ...]:
    """Up to two openings of a day, on the quarter of an hour, that do not overlap."""
    quarters = draw(st.lists(st.integers(0, 95), min_size=2, max_size=4, unique=True).map(sorted))
    clocks = [time(quarter // 4, quarter % 4 * 15) for quarter in quarters]
    pairs = zip(clocks[::2], clocks[1::2], strict=False)
    return tuple(OpenHours(opens, closes) for opens, closes in pairs)


@st.composite
def working_times(draw) -> WorkingTime:
    weekly = draw(st.dictionaries(st.integers(0, 6), openings(), min_size=1))
    closed = draw(st.sets(st.dates(date(2026, 1, 1), date(2027, 12, 31)), max_size=5))
    return WorkingTime(weekly, LONDON, closed.__contains__)


@given(working_times(), MOMENTS, AMOUNTS)
def test_exactly_so_much_working_time_has_passed(hours, start, amount):
    end = hours.after(start, amount)
    assert end >= start
    assert hours.between(start, end) == amount


@given(working_times(), MOMENTS, MOMENTS, AMOUNTS)
def test_who_comes_later_is_not_due_earlier(hours, one, other, amount):
    first, second = sorted([one, other])
    assert hours.after(first, amount) <= hours.after(second, amount)


@given(working_times(), MOMENTS, AMOUNTS, st.timedeltas(timedelta(seconds=1), timedelta(hours=80)))
def test_in_two_steps_it_is_the_same(hours, start, one, other):
    assert hours.after(hours.after(start, one), other) == hours.after(start, one + other)


@given(working_times(), MOMENTS)
def test_the_next_opening_is_open_and_nothing_before_it_is(hours, moment):
    opens = hours.next_open(moment)
    assert opens >= moment
    assert hours.is_open(opens)
    assert not hours.is_closed_on(opens.astimezone(LONDON).date())
    assert hours.between(moment, opens) == timedelta(0)


@given(working_times(), MOMENTS, SPANS, SPANS)
def test_parts_of_a_span_sum_to_it(hours, first, one, other):
    middle, last = first + one, first + one + other
    assert hours.between(first, middle) + hours.between(middle, last) == hours.between(first, last)


def test_an_ordinary_week_with_a_bank_holiday_and_the_clocks_put_back():
    weekly = {weekday: (OpenHours(time(9), time(17)),) for weekday in range(5)}
    hours = WorkingTime(weekly, LONDON, {date(2026, 8, 31)}.__contains__)
    friday = datetime(2026, 8, 28, 16, tzinfo=LONDON)
    assert hours.day == timedelta(hours=8)
    assert hours.after(friday, hours.day) == datetime(2026, 9, 1, 16, tzinfo=LONDON)
    # From Friday in summer time to Monday in winter time.
    friday = datetime(2026, 10, 23, 15, tzinfo=LONDON)
    assert hours.after(friday, hours.day) == datetime(2026, 10, 26, 15, tzinfo=LONDON)
    saturday = datetime(2026, 10, 24, 3, tzinfo=LONDON)
    assert hours.next_open(saturday) == datetime(2026, 10, 26, 9, tzinfo=LONDON)
    # In the night in which the clocks go forward there is one hour less.
    by_night = WorkingTime({6: (OpenHours(time(0), time(6)),)}, LONDON, lambda day: False)
    midnight = datetime(2026, 3, 29, tzinfo=LONDON)
    assert by_night.after(midnight, timedelta(hours=5)) == datetime(2026, 3, 29, 6, tzinfo=LONDON)


def test_without_any_hours_time_runs_round_the_clock():
    never = WorkingTime({}, LONDON, lambda day: False)
    start = datetime(2026, 3, 1, tzinfo=UTC)
    assert never.after(start, timedelta(hours=3)) == start + timedelta(hours=3)
    assert never.next_open(start) == start
