"""Who is on the Matching team: never an administrator, and nobody unseen."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core import mail
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from tests.factories.enquiries import make_matcher
from therapists.enquiries import tasks
from therapists.enquiries.access.team import (
    MATCHING_TEAM,
    may_break_glass,
    may_handle,
    record_team_changes,
    team_members,
)
from therapists.enquiries.mail.queue import deliver_message
from therapists.enquiries.models import BreakGlass, MessageKind, OutgoingMessage, TeamChange
from therapists.enquiries.services.lifecycle import duty_owner

JOINED, LEFT = TeamChange.Kind.JOINED, TeamChange.Kind.LEFT


@pytest.fixture
def team(db):
    return Group.objects.get(name=MATCHING_TEAM)


@pytest.fixture
def known(matcher):
    """The matcher has been on the team for long."""
    record_team_changes()
    OutgoingMessage.objects.all().delete()
    return matcher


@pytest.fixture
def administrator(db):
    return User.objects.create_superuser("administrator")


@pytest.fixture
def someone(db):
    return User.objects.create_user("someone")


@pytest.fixture
def happens(django_capture_on_commit_callbacks):
    """Does something and lets it be committed."""

    def do(what, *args):
        with django_capture_on_commit_callbacks(execute=True):
            return what(*args)

    return do


@pytest.fixture
def handle(db):
    return Permission.objects.get(codename="handle_enquiry")


def latest():
    change = TeamChange.objects.first()
    return change.kind, change.name, change.made_by_name


@pytest.mark.guide(
    "These groups exist on every installation, under these names; an account may be in several, but no "
    "superuser is on the Matching team.",
)
@pytest.mark.parametrize("way", ["group", "permission"])
def test_an_administrator_is_never_a_matcher(client, administrator, team, handle, enquiry, way):
    if way == "group":
        administrator.groups.add(team)
    else:
        administrator.user_permissions.add(handle)
    assert not may_handle(administrator)
    assert may_break_glass(administrator)
    assert administrator not in team_members()
    client.force_login(administrator)
    for name in ("inbox", "reports", "team"):
        assert client.get(reverse(f"enquiries_admin:{name}")).status_code == 404
    assert client.get(reverse("matching_admin:proposals")).status_code == 404
    detail = client.get(reverse("enquiries_admin:enquiry", args=[enquiry.pk]))
    assert detail.url == reverse("enquiries_admin:break_glass", args=[enquiry.pk])
    assert reverse("enquiries_admin:inbox") not in client.get(reverse("wagtailadmin_home")).content.decode()
    action = reverse("enquiries_admin:action", args=[enquiry.pk, "note"])
    assert client.post(action, {"note-text": "Mine."}).status_code == 404


def test_an_administrator_owns_no_enquiry(administrator, team):
    administrator.groups.add(team)
    assert duty_owner() is None


def account(person, **changes):
    """What the form for an account in the admin sends."""
    fields = {
        "username": person.username,
        "email": "someone@example.org",
        "first_name": "A",
        "last_name": "B",
    }
    return {**fields, "is_active": "on", "groups": [], **changes}


def test_by_the_form_for_an_account(client, known, administrator, team, someone, happens):
    client.force_login(administrator)
    address = reverse("wagtailusers_users:edit", args=[someone.pk])
    assert happens(client.post, address, account(someone, groups=[team.pk])).status_code == 302
    assert latest() == (JOINED, "someone", "administrator")
    assert happens(client.post, address, account(someone)).status_code == 302
    assert latest() == (LEFT, "someone", "administrator")
    assert OutgoingMessage.objects.filter(kind=MessageKind.TEAM_CHANGED).count() == 2


def test_by_a_new_account(client, known, administrator, team, happens):
    client.force_login(administrator)
    new = account(
        User(username="second-self"), groups=[team.pk], password1="Quiet-otter-77", password2="Quiet-otter-77"
    )
    assert happens(client.post, reverse("wagtailusers_users:add"), new).status_code == 302
    assert latest() == (JOINED, "second-self", "administrator")


def test_by_giving_up_the_rights_of_an_administrator(client, known, administrator, team, happens):
    """Whoever is in the group as an administrator is on the team the moment that they are none."""
    administrator.groups.add(team)
    other = User.objects.create_superuser("other-administrator")
    client.force_login(other)
    address = reverse("wagtailusers_users:edit", args=[administrator.pk])
    happens(client.post, address, account(administrator, groups=[team.pk]))
    administrator.refresh_from_db()
    assert not administrator.is_superuser
    assert latest() == (JOINED, "administrator", "other-administrator")


def group_form(group, **changes):
    formsets = {
        f"{prefix}-{name}": "0"
        for prefix in (
            "page_permissions",
            "collection_permissions",
            "document_permissions",
            "image_permissions",
        )
        for name in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")
    }
    return {"name": group.name, **formsets, **changes}


@pytest.mark.guide("Settings → Groups shows what each may do, enquiries apart.")
def test_the_form_for_a_group_gives_no_one_the_right(client, administrator, someone, handle, known, happens):
    """It does not know of it: neither by ticking it, nor by saving the team, is anything given or taken."""
    readers = Group.objects.create(name="Readers")
    someone.groups.add(readers)
    client.force_login(administrator)
    address = reverse("wagtailusers_groups:edit", args=[readers.pk])
    happens(client.post, address, group_form(readers, permissions=[handle.pk]))
    assert not may_handle(someone)
    team = Group.objects.get(name=MATCHING_TEAM)
    saved = happens(client.post, reverse("wagtailusers_groups:edit", args=[team.pk]), group_form(team))
    assert saved.status_code == 302
    assert may_handle(known)
    assert TeamChange.objects.count() == 1


WAYS_IN_OUTSIDE_THE_ADMIN = {
    "groups of the account": lambda person, team, handle: person.groups.add(team),
    "accounts of the group": lambda person, team, handle: team.user_set.add(person),
    "permission of the account": lambda person, team, handle: person.user_permissions.add(handle),
    "permission of a group": lambda person, team, handle: Group.objects.get(name="Readers").permissions.add(
        handle
    ),
}


@pytest.mark.parametrize("way", WAYS_IN_OUTSIDE_THE_ADMIN)
def test_by_the_shell(known, someone, team, handle, happens, way):
    someone.groups.add(Group.objects.create(name="Readers"))
    happens(WAYS_IN_OUTSIDE_THE_ADMIN[way], someone, team, handle)
    assert latest() == (JOINED, "someone", "")
    assert OutgoingMessage.objects.get().kind == MessageKind.TEAM_CHANGED


@pytest.mark.parametrize("way", ["group", "account", "inactive", "administrator"])
def test_leaving_is_seen_too(known, team, happens, way):
    match way:
        case "group":
            happens(team.delete)
        case "account":
            happens(known.delete)
        case "inactive":
            known.is_active = False
            happens(known.save)
        case "administrator":
            known.is_superuser = True
            happens(known.save)
    assert latest() == (LEFT, "matcher", "")


def test_what_no_signal_tells_of_is_found_within_minutes(known, someone, team):
    team.user_set.through.objects.create(user=someone, group=team)
    assert TeamChange.objects.count() == 1
    tasks.record_team_changes(0)
    assert latest() == (JOINED, "someone", "")
    tasks.record_team_changes(0)
    assert TeamChange.objects.count() == 2


def test_logging_in_and_plain_changes_of_an_account_look_at_nothing(
    known, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks() as callbacks:
        known.save(update_fields=["last_login"])
    assert callbacks == []


def test_the_first_on_a_team_has_nobody_to_tell(matcher):
    assert [change.name for change in record_team_changes()] == ["matcher"]
    assert not OutgoingMessage.objects.exists()


def test_the_team_is_told_by_e_mail(enquiries_practice, known, someone, team):
    someone.groups.add(team)
    record_team_changes()
    deliver_message(row_id=str(OutgoingMessage.objects.get().pk))
    [letter] = mail.outbox
    assert letter.to == ["team@practice.example"]
    assert reverse("enquiries_admin:team") in letter.body
    assert "someone" not in letter.body


def test_the_inbox_shows_it_on_top_for_two_weeks(
    client, known, administrator, someone, team, enquiry, monkeypatch
):
    someone.groups.add(team)
    record_team_changes(by=administrator)
    form_page = reverse("enquiries_admin:break_glass", args=[enquiry.pk])
    client.force_login(administrator)
    client.post(form_page, {"reason": "The whole team is ill today"})
    BreakGlass.objects.get()
    administrator.delete()
    client.force_login(known)
    for name in ("inbox", "team"):
        page = client.get(reverse(f"enquiries_admin:{name}")).content.decode()
        assert "someone joined the Matching team (done by administrator)" in page
        assert f"{enquiry.reference}, administrator: The whole team is ill today" in page
    monkeypatch.setattr("therapists.enquiries.admin.team.RECENT", timedelta(0))
    assert "someone joined" not in client.get(reverse("enquiries_admin:inbox")).content.decode()
    assert "someone joined" in client.get(reverse("enquiries_admin:team")).content.decode()


@pytest.mark.parametrize(
    "change", ["UPDATE enquiries_teamchange SET name = 'x'", "DELETE FROM enquiries_teamchange"]
)
def test_what_is_written_down_stays(known, change):
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change)


def test_the_page_of_the_team_is_for_the_team(client, known, someone):
    make_matcher("other")
    client.force_login(someone)
    assert client.get(reverse("enquiries_admin:team")).status_code in {302, 404}
    client.force_login(known)
    page = client.get(reverse("enquiries_admin:team")).content.decode()
    assert "<li>other</li>" in page
