from datetime import timedelta
from importlib import import_module

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from wagtail.models import ReferenceIndex
from wagtail.users.models import UserProfile

from home.urgent_help.groups import HelpGroup
from home.urgent_words import urgent_groups
from tests.factories.enquiries import stored_enquiry
from tests.factories.second_factor import code_of, forget_the_time, give_app, sign_in
from therapists.enquiries.answers import ContactDetails, FreeText
from therapists.enquiries.enums import State
from therapists.enquiries.mail.emails import compose
from therapists.enquiries.models import (
    AccessLogEntry,
    BreakGlass,
    Enquiry,
    MessageKind,
    OutgoingMessage,
    ReadingKind,
)
from therapists.enquiries.services.lifecycle import move

MARKER = "Zanzibarquokka"


@pytest.fixture
def marked(enquiries_practice, matcher):
    contact = ContactDetails(name=f"Name {MARKER}", email=f"{MARKER.lower()}@example.org")
    return stored_enquiry(
        enquiries_practice.grief.pk, contact=contact, free_text=FreeText(message=f"Words {MARKER}")
    )


def login(client, role):
    user = get_user_model().objects.create_user(role, password=role, is_superuser=role == "superuser")
    for group in Group.objects.filter(name__iexact=role):
        user.groups.add(group)
    client.force_login(user)
    return user


def addresses(enquiry):
    return [
        reverse("enquiries_admin:inbox"),
        reverse("enquiries_admin:enquiry", args=[enquiry.pk]),
        reverse("enquiries_admin:break_glass", args=[enquiry.pk]),
    ]


@pytest.mark.guide("Matching team: Nobody else sees enquiries, or that there are any")
@pytest.mark.parametrize("role", ["content editor", "moderators"])
def test_editors_see_nothing(search_index, reference_index, client, marked, role):
    assert login(client, role).groups.exists()
    for address in addresses(marked):
        assert client.get(address).status_code == 404
        assert client.post(address).status_code == 404
    for address in (
        reverse("wagtailadmin_home"),
        reverse("wagtailadmin_reports:site_history"),
        reverse("wagtailadmin_pages:usage", args=[marked.concerns.get().concern_id]),
        reverse("wagtailadmin_pages:search") + "?q=Name",
    ):
        page = client.get(address).content.decode()
        for secret in (MARKER, marked.reference, "/admin/enquiries/"):
            assert secret not in page, address
    assert not AccessLogEntry.objects.exists()


def test_what_an_editor_is_not_told_is_not_looked_for(client, marked):
    """The alarms of administrators ask how e-mails and enquiries stand."""
    login(client, "content editor")
    with CaptureQueriesContext(connection) as asked:
        assert client.get(reverse("wagtailadmin_home")).status_code == 200
    assert not [query["sql"] for query in asked if 'FROM "enquiries_' in query["sql"]]


@pytest.mark.guide(
    "Risk phrases (the Matching team's): words of your own in any language, beside those that the site "
    "knows, in any of their forms, after which help is shown first and a person reads an enquiry first.",
)
def test_the_team_keeps_the_words_that_ask_for_a_reader_and_editors_do_not(client, marked, matcher):
    address = reverse("risk-phrases:add")
    login(client, "content editor")
    assert client.post(address, {"phrase": "made up", "group": "suicide"}).status_code == 302
    assert not urgent_groups("This is made up.")
    client.force_login(matcher)
    answer = client.post(address, {"phrase": "Made  Up", "group": "abuse"})
    assert answer.url == reverse("risk-phrases:index")
    assert urgent_groups("This is MADE up.") == {HelpGroup.ABUSE}


def test_strangers_are_asked_to_log_in(client, marked):
    for address in addresses(marked):
        assert client.get(address).status_code == 302
        assert "login" in client.get(address).url


def test_the_reference_index_knows_nothing(reference_index, marked):
    assert not ReferenceIndex.get_references_to(marked.concerns.get().concern).exists()


def test_the_team_reads_and_each_reading_is_kept(client, marked, matcher):
    client.force_login(matcher)
    inbox = client.get(reverse("enquiries_admin:inbox"))
    assert marked.reference in inbox.content.decode()
    assert MARKER not in inbox.content.decode()
    assert not AccessLogEntry.objects.exists()
    response = client.get(reverse("enquiries_admin:enquiry", args=[marked.pk]))
    assert MARKER in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    entry = AccessLogEntry.objects.get()
    assert (entry.enquiry_id, entry.reader, entry.reading) == (marked.pk, matcher, ReadingKind.ENQUIRY)


@pytest.mark.guide(
    "Superusers: They alone open an enquiry of others, with a reason (Reports → Open an enquiry), which is "
    "kept, and which the team is told",
    "Each asks why or for what, and keeps it.",
)
def test_an_administrator_gives_a_reason_first(client, marked):
    administrator = login(client, "superuser")
    address = reverse("enquiries_admin:enquiry", args=[marked.pk])
    form_page = reverse("enquiries_admin:break_glass", args=[marked.pk])
    assert client.get(reverse("enquiries_admin:inbox")).status_code == 404
    assert client.get(address).url == form_page
    assert MARKER not in client.get(form_page).content.decode()
    for reason in ("", " ", "short"):
        assert client.post(form_page, {"reason": reason}).status_code == 200
    assert not BreakGlass.objects.exists()
    assert client.post(form_page, {"reason": "The whole team is ill today"}).url == address
    assert MARKER in client.get(address).content.decode()
    entry = AccessLogEntry.objects.get()
    assert entry.reader == administrator
    assert entry.break_glass.reason == "The whole team is ill today"


@pytest.mark.guide(
    "Superusers find Open an enquiry under Reports; they and the Matching team find Decisions that are kept "
    "there.",
)
def test_what_is_refused_is_said_on_top_and_in_the_title(client, marked, matcher):
    """On each page of the team that asks for something."""
    administrator = login(client, "superuser")
    doors = {
        reverse("enquiries_admin:break_glass", args=[marked.pk]): (administrator, {"reason": ""}),
        reverse("enquiries_admin:find"): (matcher, {"wanted": "x" * 300}),
        reverse("kept_decisions"): (matcher, {"wanted": ""}),
    }
    for door, (person, posted) in doors.items():
        client.force_login(person)
        answer = client.post(door, posted)
        page = BeautifulSoup(answer.content, "html.parser")
        assert page.title.get_text(strip=True).startswith("Error:"), door
        [told] = page.select(".workplace > [role=alert][autofocus]")
        assert told.select("li")
        assert page.select_one(told.select_one("li a")["href"]), door


@pytest.mark.guide(
    "Superusers: They alone open an enquiry of others, with a reason (Reports → Open an enquiry), which is "
    "kept, and which the team is told",
    "Superusers find Open an enquiry under Reports; they and the Matching team find Decisions that are kept "
    "there.",
)
def test_an_administrator_finds_what_to_open_in_a_list_that_tells_little(
    client, marked, matcher, enquiries_practice
):
    administrator = login(client, "superuser")
    move(marked.pk, State.REVIEW)
    long_ago = timezone.now() - timedelta(days=9)
    Enquiry.objects.filter(pk=marked.pk).update(deadline=long_ago)
    marked.refresh_from_db()
    assert marked.is_late
    address = reverse("break_glass_list")
    reports = client.get(reverse("wagtailadmin_home")).content.decode()
    assert address in reports
    with CaptureQueriesContext(connection) as one:
        page = client.get(address).content.decode()
    form_page = reverse("enquiries_admin:break_glass", args=[marked.pk])
    assert form_page in page
    times = [date_format(localtime(moment), "H:i") for moment in (marked.received_at, marked.deadline)]
    table = BeautifulSoup(page, "html.parser").select_one("main table").text
    for secret in (MARKER, marked.get_state_display(), matcher.username, "Late", *times):
        assert secret not in table
    stored_enquiry(enquiries_practice.panic.pk)
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(one) == len(many)
    client.post(form_page, {"reason": "The whole team is ill today"})
    for person in (matcher, None):
        client.force_login(person) if person else login(client, "content editor")
        assert {client.get(address).status_code, client.get(form_page).status_code} == {404}
        assert address not in client.get(reverse("wagtailadmin_home")).content.decode()
    client.force_login(matcher)
    told = client.get(reverse("enquiries_admin:inbox")).content.decode()
    assert f"{administrator.username}: The whole team is ill today" in told
    letter = compose(OutgoingMessage.objects.get(kind=MessageKind.GLASS_BROKEN))
    assert letter.to == ["team@practice.example"]
    assert marked.reference in letter.subject
    assert reverse("enquiries_admin:team") in letter.body
    assert "ill today" not in letter.body, "the reason may say too much for an e-mail"


def test_an_administrator_with_a_second_step_shows_it_again_first(client, marked, settings):
    settings.REQUIRE_SECOND_FACTOR = "sensitive"
    administrator = login(client, "superuser")
    app = give_app(administrator)
    sign_in(client, administrator, "superuser", app)
    form_page = reverse("enquiries_admin:break_glass", args=[marked.pk])
    assert client.get(form_page).status_code == 200
    forget_the_time(client)
    again = reverse("mfa_reauthenticate", query={"next": form_page})
    assert client.get(form_page).url == again
    assert client.post(form_page, {"reason": "The whole team is ill today"}).url == form_page
    assert not BreakGlass.objects.exists()
    assert client.post(again, {"code": code_of(app, steps=1)}).url == form_page
    client.post(form_page, {"reason": "The whole team is ill today"})
    assert BreakGlass.objects.get().opened_by == administrator


def test_the_team_sees_who_read_it(client, marked, matcher):
    administrator = login(client, "superuser")
    form_page = reverse("enquiries_admin:break_glass", args=[marked.pk])
    client.post(form_page, {"reason": "The whole team is ill today"})
    address = reverse("enquiries_admin:enquiry", args=[marked.pk])
    client.get(address)
    administrator.delete()
    client.force_login(matcher)
    trail = client.get(address).content.decode().split("Who read it")[1]
    assert "matcher, Read the enquiry" in trail
    assert "superuser, Read the enquiry. As an administrator: The whole team is ill" in trail


def test_a_broken_glass_opens_one_enquiry_for_a_while(client, marked, enquiries_practice, monkeypatch):
    login(client, "superuser")
    other = stored_enquiry(enquiries_practice.panic.pk)
    client.post(
        reverse("enquiries_admin:break_glass", args=[marked.pk]), {"reason": "The whole team is ill today"}
    )
    assert client.get(reverse("enquiries_admin:enquiry", args=[other.pk])).status_code == 302
    monkeypatch.setattr("therapists.enquiries.access.access_log.timezone.now", lambda: in_an_hour)
    in_an_hour = BreakGlass.objects.get().expires_at
    assert client.get(reverse("enquiries_admin:enquiry", args=[marked.pk])).status_code == 302


@pytest.mark.parametrize("change", ["UPDATE {} SET reference = 'x'", "DELETE FROM {}"])
def test_the_log_is_append_only(client, marked, matcher, change):
    login(client, "superuser")
    client.post(
        reverse("enquiries_admin:break_glass", args=[marked.pk]), {"reason": "The whole team is ill today"}
    )
    client.get(reverse("enquiries_admin:enquiry", args=[marked.pk]))
    for table in ("enquiries_accesslogentry", "enquiries_breakglass"):
        with (
            pytest.raises(DatabaseError, match="append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(change.format(table))


def test_the_inbox_costs_the_same_for_one_and_for_many(client, marked, matcher, enquiries_practice):
    client.force_login(matcher)
    address = reverse("enquiries_admin:inbox")
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for _ in range(4):
        stored_enquiry(enquiries_practice.panic.pk)
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(one) == len(many)


def test_everyone_of_the_practice_reads_uk_time(client, marked, matcher):
    """Also whoever had chosen another, in New York, before it could not be chosen any more."""
    profile = UserProfile.get_for_user(matcher)
    profile.current_time_zone = "America/New_York"
    profile.save()
    import_module("core.migrations.0004_everyone_reads_uk_time").forget_chosen_time_zones(apps, None)
    client.force_login(matcher)
    page = client.get(reverse("enquiries_admin:enquiry", args=[marked.pk])).content.decode()
    assert date_format(localtime(marked.received_at), "H:i") in page
    assert "time zone" not in client.get(reverse("wagtailadmin_account")).content.decode().lower()
