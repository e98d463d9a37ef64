"""The directory, as visitors see it."""

from datetime import date, timedelta
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories.therapists import (
    ClientGroupFeeFactory,
    TherapistConcernFactory,
    TherapistPageFactory,
    TherapistTherapyFactory,
    WeeklyWindowFactory,
)
from tests.tables import names_of, tables_read
from therapists.directory.facets import DEPENDS_ON, whom_options_leave
from therapists.directory.filters import PLACE, directory_facets
from therapists.directory.listing import fair_order
from therapists.enums import ConcernLevel
from therapists.models import TherapistPage
from therapists.models.availability import WeeklyWindow


@pytest.fixture
def three(practice):
    """Anna, Ben and Chris, who differ in everything that can be asked for."""
    anna = TherapistPageFactory(
        parent=practice.directory,
        title="Anna",
        gender="woman",
        formats=["video", "phone"],
        languages=["en", "pl"],
        fee__fee=50,
    )
    TherapistConcernFactory(therapist=anna, concern=practice.grief, level=ConcernLevel.SPECIALISM)
    TherapistTherapyFactory(therapist=anna, therapy=practice.ipt)
    WeeklyWindowFactory(availability=anna.availability, weekday=0, starts="09:00", ends="12:00")

    ben = TherapistPageFactory(
        parent=practice.directory,
        title="Ben",
        gender="man",
        formats=["in_person"],
        location="Leeds",
        languages=["en"],
        fee__fee=90,
        diary__places_per_four_weeks=0,
    )
    ClientGroupFeeFactory(therapist=ben, group="couple", fee=120)
    TherapistConcernFactory(therapist=ben, concern=practice.grief, level=ConcernLevel.DOES_NOT_TAKE)
    TherapistConcernFactory(therapist=ben, concern=practice.panic)
    TherapistTherapyFactory(therapist=ben, therapy=practice.cbt)
    WeeklyWindowFactory(availability=ben.availability, weekday=2, starts="18:00", ends="21:00")

    chris = TherapistPageFactory(
        parent=practice.directory, title="Chris", languages=["en", "cy"], fee__fee=70, fee__group="couple"
    )
    TherapistConcernFactory(therapist=chris, concern=practice.panic)
    WeeklyWindowFactory(availability=chris.availability, weekday=6, starts="10:00", ends="13:00")
    return practice


def visit(client, *choices, **more):
    response = client.get("/therapists/?" + urlencode([*choices, *more.items()]))
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def names(soup):
    return {link.text for link in soup.select(".therapist-card__name a")}


@pytest.mark.parametrize(
    ("choices", "expected"),
    [
        ([], {"Anna", "Ben", "Chris"}),
        ([("concern", "grief")], {"Anna"}),
        ([("concern", "grief"), ("concern", "panic")], {"Anna", "Ben", "Chris"}),
        ([("therapy", "cbt")], {"Ben"}),
        ([("format", "video")], {"Anna", "Chris"}),
        ([("format", "in_person"), ("format", "phone")], {"Anna", "Ben"}),
        ([("language", "pl"), ("language", "cy")], {"Anna", "Chris"}),
        ([("price", "70")], {"Anna", "Chris"}),
        ([("price", "£69.99")], {"Anna"}),
        ([("place", "now")], {"Anna", "Chris"}),
        ([("time", "weekday-mornings")], {"Anna"}),
        ([("time", "weekday-evenings"), ("time", "weekends")], {"Ben", "Chris"}),
        ([("for", "couple")], {"Ben", "Chris"}),
        ([("gender", "woman"), ("gender", "man")], {"Anna", "Ben"}),
        # A price holds for the group that would come: Ben sees one adult for £90, a couple for £120.
        ([("for", "couple"), ("price", "100")], {"Chris"}),
        ([("concern", "panic"), ("format", "video"), ("for", "couple")], {"Chris"}),
        ([("concern", "grief"), ("language", "cy")], set()),
    ],
)
def test_any_choice_within_a_facet_is_enough_and_all_facets_must_hold(three, client, choices, expected):
    assert names(visit(client, *choices)) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("format=in_person&format=phone", {"Anna", "Ben"}),
        ("format=in_person,phone", {"Anna", "Ben"}),
        ("format=in_person,&format=&format=phone,in_person", {"Anna", "Ben"}),
        ("concern=grief,panic", {"Anna", "Ben", "Chris"}),
        ("concern=grief&concern=panic", {"Anna", "Ben", "Chris"}),
        ("time=weekday-evenings&time=weekends", {"Ben", "Chris"}),
        ("time=weekday-evenings,weekends", {"Ben", "Chris"}),
        ("time=,", {"Anna", "Ben", "Chris"}),
        ("language=pl&language=cy", {"Anna", "Chris"}),
    ],
)
def test_a_list_is_sent_with_commas_or_one_by_one_to_the_page_and_to_the_api(three, client, query, expected):
    page = BeautifulSoup(client.get(f"/therapists/?{query}", follow=True).content, "html.parser")
    rows = client.get(f"/api/v2/therapists/?{query}&fields=_&fields=title").json()["items"]

    assert names(page) == {row["title"] for row in rows} == expected
    assert "so it was left out" not in page.text


def test_two_prices_are_none(three, client):
    soup = visit(client, ("price", "60"), ("price", "80"))
    assert names(soup) == {"Anna", "Ben", "Chris"}
    assert "Write one price." in soup.select_one("#filter-price-error").text
    assert names(visit(client, ("price", "69"), ("price", "£69"))) == {"Anna"}


def test_each_number_is_what_choosing_it_would_give(three, client):
    """Checked by choosing it: the number of every option, under several selections."""
    for choices in [[], [("for", "couple"), ("price", "100")]]:
        soup = visit(client, *choices)
        for option in soup.select(".filters__option"):
            box = option.input
            others = [choice for choice in choices if choice[0] != box["name"]]
            chosen = visit(client, *others, (box["name"], box["value"]))
            shown = int(option.select_one(".filters__count [aria-hidden]").text)
            assert shown == len(names(chosen)), (choices, box["name"], box["value"])


def test_an_empty_result_offers_broader_selections_with_their_counts(three, client):
    soup = visit(client, ("concern", "grief"), ("language", "cy"), ("price", "80"))
    ways = {
        way.a["href"]: way.select_one(".filters-empty__count").text
        for way in soup.select(".filters-empty__ways li")
    }
    assert ways == {
        "/therapists/?price=80&language=cy#results": "1 therapist",
        "/therapists/?concern=grief&price=80#results": "1 therapist",
    }


def test_where_one_choice_less_is_not_enough_each_is_offered_alone(three, client):
    soup = visit(client, ("language", "cy"), ("gender", "man"), ("therapy", "ipt"))
    ways = {
        way.a["href"]: way.select_one(".filters-empty__count").text
        for way in soup.select(".filters-empty__ways li")
    }
    assert ways == {
        "/therapists/?language=cy#results": "1 therapist",
        "/therapists/?gender=man#results": "1 therapist",
        "/therapists/?therapy=ipt#results": "1 therapist",
    }


def test_a_chip_takes_one_choice_away_and_keeps_the_others(three, client):
    soup = visit(client, ("concern", "grief"), ("concern", "panic"), ("price", "70"))
    links = [chip["href"] for chip in soup.select(".chip--filter")]
    assert links == [
        "/therapists/?concern=panic&price=70#results",
        "/therapists/?concern=grief&price=70#results",
        "/therapists/?concern=grief&concern=panic#results",
    ]


def test_the_form_comes_back_as_it_was_sent(three, client):
    choices = [
        ("concern", "grief"),
        ("concern", "panic"),
        ("format", "video"),
        ("language", "cy"),
        ("price", "70"),
    ]
    form = visit(client, *choices).select_one("[data-filters]")
    selected = [(one.find_parent("select")["name"], one["value"]) for one in form.select("option[selected]")]
    others = [(one["name"], one["value"]) for one in form.select("[type=hidden], [checked], #filter-price")]
    assert sorted(selected + others) == sorted(choices)


@pytest.mark.parametrize(
    "choice",
    [
        ("concern", "no-such-concern"),
        ("concern", "\x00"),
        ("language", "<script>alert(1)</script>"),
        ("gender", "W" * 5000),
        ("time", "0-morning"),
        ("for", "everyone"),
        ("place", "tomorrow"),
        ("therapy", "' OR 1=1 --"),
    ],
)
def test_a_value_that_is_not_known_is_left_out_and_said(three, client, choice):
    soup = visit(client, choice, ("format", "video"))
    assert names(soup) == {"Anna", "Chris"}
    assert "so it was left out" in soup.select_one(".filter-notes").text
    assert len(soup.select(".filter-notes script")) == 0


@pytest.mark.parametrize(
    "price", ["cheap", "-5", "0", "NaN", "Infinity", "1e999", "60,50,1", "9" * 400, "\x00"]
)
def test_a_price_that_is_none_is_an_error_at_its_box(three, client, price):
    soup = visit(client, ("price", price), ("format", "video"))
    assert names(soup) == {"Anna", "Chris"}
    assert soup.select_one("#filter-price")["aria-describedby"] == "filter-price-error"
    assert soup.select_one("#filter-price-error").text.strip()


@pytest.mark.parametrize("page", ["0", "-1", "two", "99", "9" * 5000, "\x00"])
def test_a_page_number_that_is_none_shows_therapists_all_the_same(three, client, page):
    assert names(visit(client, page=page)) == {"Anna", "Ben", "Chris"}


def test_empty_boxes_do_not_stay_in_the_address(three, client):
    response = client.get("/therapists/?concern=grief&price=&page=")
    assert (response.status_code, response["Location"]) == (302, "/therapists/?concern=grief")


def test_twelve_on_a_page_and_no_one_twice(practice, client):
    for _ in range(14):
        TherapistPageFactory(parent=practice.directory)
    first, second = visit(client, format="video"), visit(client, format="video", page=2)
    assert (len(names(first)), len(names(second))) == (12, 2)
    assert not names(first) & names(second)
    assert first.select_one('[rel="next"]')["href"] == "/therapists/?format=video&page=2#results"


def test_the_directory_takes_the_same_queries_for_one_and_for_twenty_four(practice, client):
    def add(number):
        therapist = TherapistPageFactory(parent=practice.directory)
        TherapistConcernFactory(therapist=therapist, concern=practice.grief, level="specialism")
        TherapistTherapyFactory(therapist=therapist, therapy=practice.ipt)

    add(0)
    address = "/therapists/?concern=grief&format=video"
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for number in range(1, 24):
        add(number)
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(one)


def test_whom_options_leave_is_read_again_only_when_profiles_change(three, client, epoch):
    def read_anew():
        epoch.number += 1
        with tables_read() as tables:
            soup = visit(client, concern="grief")
        return WeeklyWindow._meta.db_table in tables, names(soup)

    assert read_anew() == (True, {"Anna"})
    epoch.unchanged = names_of(DEPENDS_ON)
    TherapistPage.objects.get(title="Anna").unpublish()
    assert read_anew() == (False, set()), "who is listed is asked each time"
    epoch.unchanged = frozenset()
    assert read_anew() == (True, set())


def test_whom_options_leave_depends_on_no_other_model(three):
    facets = [facet for facet in directory_facets(timezone.localdate()) if facet.name != PLACE]
    with tables_read() as read:
        whom_options_leave(facets)
    assert read == names_of(DEPENDS_ON)


HIDDEN = {
    "draft": {"live": False},
    "lapsed": {"registration__expires_on": timezone.localdate() - timedelta(days=1)},
    "not checked": {"registration__verified_on": None},
    "checked in the future": {"registration__verified_on": timezone.localdate() + timedelta(days=1)},
    "past its expiry": {"expire_at": timezone.now() - timedelta(minutes=1)},
}


@pytest.mark.guide("Until then, and again after that day, visitors do not see the profile.")
@pytest.mark.parametrize("reason", HIDDEN)
def test_who_is_not_public_is_neither_listed_nor_counted_nor_served(practice, client, reason):
    hidden = TherapistPageFactory(parent=practice.directory, title="Hidden Person", **HIDDEN[reason])
    soup = visit(client)
    assert "Hidden Person" not in soup.text
    assert soup.select_one("#results-heading").text.strip() == "0 therapists"
    assert {count.text for count in soup.select(".filters__count [aria-hidden]")} == {"0"}
    assert client.get(hidden.url).status_code == 404


def test_who_is_behind_a_password_is_not_listed(practice, client):
    hidden = TherapistPageFactory(parent=practice.directory, title="Hidden Person")
    hidden.view_restrictions.create(restriction_type="password", password="secret")
    assert "Hidden Person" not in visit(client).text


class TestFairOrder:
    everyone = [(pk, pk % 3 == 0) for pk in range(1, 25)]

    def test_those_with_a_place_come_first(self):
        order = fair_order(self.everyone, date(2026, 11, 22))
        assert {pk % 3 for pk in order[:8]} == {0}

    def test_it_is_the_same_all_day_however_they_are_given(self):
        day = date(2026, 11, 22)
        assert fair_order(self.everyone, day) == fair_order(reversed(self.everyone), day)

    def test_everyone_comes_first_on_some_day(self):
        equal = [(pk, True) for pk in range(1, 9)]
        days = (date(2026, 1, 1) + timedelta(days=number) for number in range(120))
        assert {fair_order(equal, day)[0] for day in days} == set(range(1, 9))
