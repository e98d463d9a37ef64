"""The matcher finds an enquiry by its reference, by whose it is and by where it stands."""

import logging
from urllib.parse import parse_qs

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories.enquiries import make_matcher, stored_enquiry
from therapists.enquiries import name_search
from therapists.enquiries.admin import find as find_views
from therapists.enquiries.admin.break_glass import BreakGlassListView
from therapists.enquiries.admin.inbox import InboxView
from therapists.enquiries.answers import ContactDetails
from therapists.enquiries.enums import State
from therapists.enquiries.models import AccessLogEntry, FollowUp, FollowUpKind, ReadingKind
from therapists.enquiries.name_search import folded_words, is_named
from therapists.enquiries.services.lifecycle import move, withdraw
from therapists.matching.admin.therapist_records import TherapistRecordsView

LISTS = {
    InboxView: "enquiries_admin:inbox",
    TherapistRecordsView: "matching_admin:therapists",
    BreakGlassListView: "break_glass_list",
}
NAMES = ["Zoë Müller-Ørsted", "Łukasz Żak", "Sam Sample", "Samira Sample", "李 明"]


@pytest.fixture
def people(enquiries_practice, matcher):
    return {
        name: stored_enquiry(
            enquiries_practice.grief.pk, contact=ContactDetails(name=name, email="sam@example.org")
        )
        for name in NAMES
    }


@pytest.fixture
def found(client, people, matcher):
    client.force_login(matcher)

    def find(wanted, **chosen):
        answer = client.post(reverse("enquiries_admin:find"), {"wanted": wanted, **chosen})
        page = BeautifulSoup(answer.content, "html.parser")
        shown = {link.text for link in page.select("tbody th a")}
        return {name for name, enquiry in people.items() if enquiry.reference in shown}

    return find


@pytest.mark.guide("Find one by its reference, or by the beginning of a name, with or without accents.")
@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ("zoe muller", {"Zoë Müller-Ørsted"}),
        ("ORSTED", {"Zoë Müller-Ørsted"}),
        ("zak luk", {"Łukasz Żak"}),
        ("ŻAK", {"Łukasz Żak"}),
        ("sam sample", {"Sam Sample", "Samira Sample"}),
        ("samir", {"Samira Sample"}),
        ("ample", set()),
        ("li ming", {"李 明"}),
        ("李明", set()),
        ("example.org", set()),
        ("%%", set()),
        ("x", set()),
    ],
)
def test_a_name_is_found_however_it_is_written(found, wanted, expected):
    assert found(wanted) == expected


def test_only_the_beginning_of_each_word_of_a_name_counts():
    assert folded_words("Jean-Luc d’Été") == ["jean", "luc", "d", "ete"]
    assert is_named("Jean-Luc d’Été", folded_words("été jean"))
    assert not is_named("Jean-Luc d’Été", folded_words("uc"))
    assert not is_named("Jean-Luc d’Été", [])


def test_one_that_cannot_be_opened_keeps_nobody_from_finding_the_others(found, people):
    """Its sealed contact is that of another row."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE enquiries_enquiry SET sealed_contact = sealed_free_text WHERE id = %s",
            [people["Samira Sample"].pk],
        )
    assert found("sample") == {"Sam Sample"}
    assert found(people["Samira Sample"].reference) == {"Samira Sample"}


@pytest.mark.guide("Find one by its reference, or by the beginning of a name, with or without accents.")
def test_by_reference_and_by_where_it_stands(found, people):
    zoe = people["Zoë Müller-Ørsted"]
    assert found(zoe.reference.lower()) == {"Zoë Müller-Ørsted"}
    withdraw(people["Sam Sample"].pk)
    assert found("sample", state="active") == {"Samira Sample"}
    assert found("sample", state=State.WITHDRAWN.value) == {"Sam Sample"}
    assert found("sample", state="nowhere") == set()


@pytest.mark.guide("Whom you find by name is written in the log of who read what.")
def test_a_name_is_in_no_address_log_or_history_and_who_was_found_by_it_is_logged(
    client, people, matcher, caplog
):
    caplog.set_level(logging.DEBUG)
    client.force_login(matcher)
    address = reverse("enquiries_admin:find")
    answer = client.post(address, {"wanted": "Müller", "page": "junk"})
    page = BeautifulSoup(answer.content, "html.parser")
    assert "no-store" in answer["Cache-Control"]
    assert page.select_one("[name=wanted]")["autocomplete"] == "off"
    addresses = [str(link.get("href", link.get("action"))) for link in page.select("[href], [action]")]
    assert addresses
    for where in (*addresses, caplog.text):
        assert "üller" not in where
        assert "%C3" not in where
    assert "Zo" not in page.select_one("tbody").text, "the list tells no name"
    entry = AccessLogEntry.objects.get()
    assert (entry.reference, entry.reading) == (people["Zoë Müller-Ørsted"].reference, ReadingKind.LIST)
    # In an address it finds nothing.
    assert not BeautifulSoup(client.get(address, {"wanted": "Müller"}).content, "html.parser").select("tbody")
    # By reference nobody learns whose it is.
    client.post(address, {"wanted": people["Sam Sample"].reference})
    assert AccessLogEntry.objects.count() == 1


def test_it_costs_the_same_for_one_and_for_many_and_goes_on_page_by_page(
    client, found, people, enquiries_practice, monkeypatch
):
    monkeypatch.setattr(find_views, "FOUND_ON_A_PAGE", 2)
    found("zoe")
    with CaptureQueriesContext(connection) as one:
        found("zoe")
    for _ in range(3):
        stored_enquiry(enquiries_practice.panic.pk)
    with CaptureQueriesContext(connection) as many:
        assert len(found("sample")) < 5
    assert len(one) == len(many)
    client.force_login(make_matcher("second"))
    answer = client.post(reverse("enquiries_admin:find"), {"wanted": "sample", "page": "2"})
    page = BeautifulSoup(answer.content, "html.parser")
    assert "Page 2 of 3" in page.text
    assert "5 enquiries found" in page.text
    form = page.select_one("form.pagination")
    assert {field["name"] for field in form.select("input")} == {"csrfmiddlewaretoken", "wanted", "state"}
    assert [button["value"] for button in form.select("button")] == ["1", "3"]


def test_a_list_of_the_admin_goes_on_page_by_page_and_keeps_what_was_chosen(
    client, people, matcher, candidates, admin_user, monkeypatch
):
    for reader, list_of, chosen, rows in (
        (matcher, InboxView, {"show": State.RECEIVED}, len(people)),
        (matcher, TherapistRecordsView, {}, len(candidates)),
        (admin_user, BreakGlassListView, {}, len(people)),
    ):
        monkeypatch.setattr(list_of, "paginate_by", rows - 1)
        client.force_login(reader)
        address = LISTS[list_of]
        first = BeautifulSoup(client.get(reverse(address), chosen).content, "html.parser")
        onwards = first.select_one("nav.pagination li.next a")["href"]
        assert set(parse_qs(onwards[1:])) == {*chosen, "page"}
        second = BeautifulSoup(client.get(reverse(address) + onwards).content, "html.parser")
        assert len(second.select("main tbody tr")) == 1
        assert second.select_one("nav.pagination li.prev a")


def test_how_many_names_are_opened_is_bounded_and_said(client, found, people, monkeypatch):
    for module in (name_search, find_views):
        monkeypatch.setattr(module, "MOST_OPENED", 2)
    assert found("zoe") == set()
    answer = client.post(reverse("enquiries_admin:find"), {"wanted": "zoe"})
    assert "only the newest 2 were looked through" in answer.content.decode()


def counted(client):
    """What the home of the admin tells, by the name in the address of the inbox."""
    page = BeautifulSoup(client.get(reverse("wagtailadmin_home")).content, "html.parser")
    links = page.select("a[href*='?show=']")
    return {link["href"].partition("=")[2]: link.span.text for link in links}


@pytest.mark.guide(
    "Matching team: Nobody else sees enquiries, or that there are any",
    "The home of the admin says how many are to do, late, tasks of yours and safety checks: press a number "
    "to see them.",
)
def test_the_home_of_the_team_counts_what_waits_and_nobody_else_is_told(
    client, people, matcher, enquiries_practice, admin_client, django_user_model
):
    home = reverse("wagtailadmin_home")
    first, second, *_rest = people.values()
    move(first.pk, State.SAFETY_HOLD)
    FollowUp.objects.create(enquiry=first, kind=FollowUpKind.READ_FOR_SAFETY)
    FollowUp.objects.create(enquiry=second, kind=FollowUpKind.NO_CANDIDATE)
    FollowUp.objects.create(enquiry=None, kind=FollowUpKind.MAIL_FAILED)
    type(second).objects.filter(pk=second.pk).update(deadline=second.received_at)
    client.force_login(matcher)
    told = counted(client)
    assert told == {"active": "5", "late": "1", "my-tasks": "2", "safety": "1"}
    for name, number in told.items():
        inbox = client.get(reverse("enquiries_admin:inbox", query={"show": name}))
        assert len(inbox.context["enquiries"]) == int(number), name
    client.force_login(make_matcher("other"))
    assert counted(client) == told | {"my-tasks": "0"}
    for person in (django_user_model.objects.create_superuser("root"), None):
        client.force_login(person) if person else client.logout()
        assert "?show=" not in client.get(home).content.decode()
        assert client.post(reverse("enquiries_admin:find"), {"wanted": "sample"}).status_code in (302, 404)
