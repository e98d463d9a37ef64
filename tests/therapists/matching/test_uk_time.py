"""A visitor’s times in UK time: the conversion, and the form."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from therapists.enquiries.models import Enquiry
from therapists.enums import DayPart, Weekday
from therapists.matching.inputs.uk_time import UK, in_uk_time, time_zones

WINTER, SUMMER = date(2026, 11, 22), date(2026, 7, 1)
MORNING, AFTERNOON, EVENING = DayPart
SLOTS = st.frozensets(st.tuples(st.sampled_from(Weekday), st.sampled_from(DayPart)))


@pytest.mark.parametrize(
    ("slot", "zone", "as_of", "expected"),
    [
        ((0, MORNING), "Europe/Paris", WINTER, {(0, "morning")}),
        ((0, AFTERNOON), "Europe/Athens", WINTER, {(0, "morning"), (0, "afternoon")}),
        ((0, MORNING), "America/New_York", WINTER, {(0, "afternoon")}),
        ((0, EVENING), "America/New_York", WINTER, set()),
        ((0, MORNING), "America/Los_Angeles", WINTER, {(0, "afternoon"), (0, "evening")}),
        ((0, EVENING), "Australia/Sydney", WINTER, {(0, "morning")}),
        ((0, MORNING), "Australia/Sydney", WINTER, {(6, "evening")}),
        ((6, AFTERNOON), "Pacific/Honolulu", WINTER, set()),
        ((6, MORNING), "Pacific/Honolulu", WINTER, {(6, "evening")}),
        # The clocks decide, not the name: Arizona keeps the same time all year and the UK does not.
        ((0, AFTERNOON), "America/Phoenix", WINTER, {(0, "evening")}),
        ((0, AFTERNOON), "America/Phoenix", SUMMER, {(0, "evening")}),
        ((0, AFTERNOON), "Asia/Kolkata", WINTER, {(0, "morning")}),
        ((0, EVENING), "Asia/Kolkata", SUMMER, {(0, "afternoon")}),
    ],
)
def test_each_time_falls_into_the_uk_week(slot, zone, as_of, expected):
    day, part = slot
    assert in_uk_time([(Weekday(day), part)], zone, as_of) == expected


@given(SLOTS, st.dates(date(2025, 1, 1), date(2030, 1, 1)))
def test_where_the_clocks_agree_nothing_changes(slots, as_of):
    for zone in (UK, "Europe/Guernsey", "Atlantic/Faroe"):
        assert in_uk_time(slots, zone, as_of) == {(int(day), str(part)) for day, part in slots}


@given(SLOTS, st.sampled_from(sorted(time_zones())), st.dates(date(2025, 1, 1), date(2030, 1, 1)))
def test_every_zone_and_every_week_has_an_answer(slots, zone, as_of):
    for day, part in in_uk_time(slots, zone, as_of):
        assert day in Weekday
        assert part in DayPart


def zones_offered(visitor):
    return [option["value"] for option in visitor.soup.select("select[name=time_zone] option")]


def test_without_a_script_times_are_uk_time_and_the_page_says_so(visitor):
    visitor.reaches("suggestions").opens("/find-a-therapist/refine/")
    assert "These times are in UK time." in visitor.text
    assert visitor.soup.select_one("[data-time-zone]").has_attr("hidden")
    assert zones_offered(visitor) == [UK]


def test_the_visitors_zone_is_honoured_to_the_end(visitor, make_therapist, practice):
    """Monday evening in Sydney is Monday morning in the UK, all year round."""
    make_therapist("Sample One")
    visitor.reaches("suggestions")
    visitor.refines(slots=["0-afternoon", "0-evening"], time_zone="Australia/Sydney")
    assert visitor.suggested == ["Sample One"]
    assert "Works on Monday morning (UK time), one of the times you chose." in visitor.text
    visitor.opens("/find-a-therapist/refine/")
    assert zones_offered(visitor) == [UK, "Australia/Sydney"]
    assert visitor.soup.select_one("select[name=time_zone] option[selected]")["value"] == "Australia/Sydney"
    assert "These times are in UK time." not in visitor.text
    visitor.sends()
    visitor.sends(choice="practice")
    visitor.finishes()
    enquiry = Enquiry.objects.get()
    assert enquiry.time_zone == "Australia/Sydney"
    assert {(slot.weekday, slot.part) for slot in enquiry.slots.all()} == {(0, "afternoon"), (0, "evening")}
    assert enquiry.suggestion_runs.get().inputs["criteria"]["slots"] == [[0, "morning"]]


def test_the_zone_of_the_browser_holds_until_another_is_said(visitor):
    visitor.reaches("who").sends(client_group="individual", own_time_zone="America/New_York")
    visitor.sends(formats=["video"])
    visitor.sends(choice="practice")
    visitor.sends(**visitor.plain_answers()["contact"])
    assert visitor.step == "check"
    assert "Which time zone are these times in? America/New York Change" in visitor.text
    visitor.opens("/find-a-therapist/who/").sends(own_time_zone="Asia/Tokyo")
    assert "America/New York" in visitor.opens("/find-a-therapist/check/").text
    visitor.sends(consent="on")
    assert Enquiry.objects.get().time_zone == "America/New_York"


@pytest.mark.parametrize("zone", ["", "Nowhere/Land", "../../etc/passwd", UK])
def test_a_browser_that_names_no_other_zone_is_in_uk_time(visitor, zone):
    visitor.reaches("who").sends(client_group="individual", own_time_zone=zone)
    assert visitor.sends(formats=["video"]).step == "suggestions"
    assert "These times are in UK time." in visitor.opens("/find-a-therapist/refine/").text


@pytest.mark.parametrize(
    "zone", ["Nowhere/Land", "../../etc/passwd", "<script>", "x" * 65, "europe/london\0"]
)
def test_a_zone_that_is_none_is_refused_and_nothing_is_lost(visitor, zone):
    visitor.reaches("suggestions").refines(slots=["0-morning"], time_zone=zone)
    assert visitor.response.status_code == 422
    assert visitor.step == "refine"
    assert zones_offered(visitor) == [UK]
    assert visitor.soup.select_one("input[name=slots][value='0-morning']").has_attr("checked")


def test_times_that_are_all_at_night_here_are_told_at_once(visitor):
    visitor.reaches("suggestions").refines(slots=["6-afternoon"], time_zone="Pacific/Honolulu")
    assert visitor.response.status_code == 422
    assert "It is night in the UK then." in visitor.errors[0]
