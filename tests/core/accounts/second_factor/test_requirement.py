"""Who must have a second step, and what a session is worth without it."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser, Group, Permission
from django.core.checks import run_checks
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.accounts.second_factor.requirement import must_have_second_factor
from tests.core.accounts.second_factor.conftest import PASSWORD
from tests.factories.home import make_site
from tests.factories.second_factor import give_app, sign_in

ROLES = {
    "editor": "Content editor",
    "reviewer": "Moderators",
    "matcher": "Matching team",
    "administrator": None,
    "keeper of records": "therapists.change_therapistprivate",
    "keeper of accounts": "auth.change_user",
    "keeper of groups": "auth.change_group",
}


def person_who_is(role):
    person = get_user_model().objects.create_user(
        role, password=PASSWORD, is_superuser=role == "administrator"
    )
    gift = ROLES[role] or ""
    if "." in gift:
        app, codename = gift.split(".")
        person.user_permissions.add(Permission.objects.get(content_type__app_label=app, codename=codename))
        person.user_permissions.add(Permission.objects.get(codename="access_admin"))
    elif gift:
        person.groups.add(Group.objects.get(name=gift))
    return person


@pytest.mark.guide(
    "After the password, administrators and the Matching team type six digits from an authenticator app on "
    "their phone, or touch a passkey.",
    "A practice may ask the same of everyone; you may set one up anyway, under your name → Account → "
    "Signing in.",
)
@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_who_must_have_one(settings, client, role):
    person = person_who_is(role)
    is_sensitive = role not in ("editor", "reviewer")
    for setting, must in (("sensitive", is_sensitive), ("everyone", True), ("nobody", False)):
        settings.REQUIRE_SECOND_FACTOR = setting
        assert must_have_second_factor(person) == must
        client.logout()
        client.force_login(person)
        answer = client.get("/admin/")
        assert answer.status_code == (302 if must else 200), setting
        assert not must or answer["Location"] == "/admin/login/?next=/admin/"
        assert not must_have_second_factor(AnonymousUser())


@pytest.mark.django_db
def test_who_has_one_is_asked_for_it_even_where_nobody_must(settings, client):
    settings.REQUIRE_SECOND_FACTOR = "nobody"
    person = person_who_is("editor")
    secret = give_app(person)
    sign_in(client, person, PASSWORD)
    assert client.get("/admin/").status_code == 302
    sign_in(client, person, PASSWORD, secret)
    assert client.get("/admin/").status_code == 200


@pytest.mark.django_db
def test_a_session_from_before_is_worth_nothing(client, ada):
    client.force_login(ada)
    assert client.get("/admin/").status_code == 302
    give_app(ada)
    assert client.get("/admin/").status_code == 302


@pytest.mark.django_db
def test_a_right_that_is_given_during_a_session_asks_for_a_second_step(client):
    person = person_who_is("editor")
    sign_in(client, person, PASSWORD)
    assert client.get("/admin/").status_code == 200
    person.groups.add(Group.objects.get(name="Matching team"))
    assert client.get("/admin/").status_code == 302
    assert client.get("/admin/enquiries/").status_code == 302


@pytest.mark.django_db
def test_another_session_does_not_prove_it(client, ada, app):
    sign_in(client, ada, PASSWORD, app)
    assert client.get("/admin/").status_code == 200
    old = Client()
    old.force_login(ada)
    assert old.get("/admin/").status_code == 302


@pytest.mark.django_db
def test_a_page_costs_readers_nothing_and_whoever_is_signed_in_one_query(client, ada, app):
    make_site()

    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/").status_code == 200
        return [query["sql"] for query in queries]

    client.get("/")  # fills the caches
    assert not [query for query in asked() if re.search("mfa_|auth_|django_session", query)]
    sign_in(client, ada, PASSWORD, app)
    assert len([query for query in asked() if "mfa_" in query]) == 1


def test_a_word_that_is_none_of_the_three_is_found_at_the_start(settings):
    settings.REQUIRE_SECOND_FACTOR = "everybody"
    assert [error.id for error in run_checks() if error.id == "second_factor.E001"]
    with pytest.raises(ValueError, match="everybody"):
        must_have_second_factor(AnonymousUser())
