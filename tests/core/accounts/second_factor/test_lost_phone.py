"""An administrator resets the second factor of a lost phone; it is logged, and the person is notified."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group, Permission
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from core.accounts.second_factor.tasks import notify
from tests.core.accounts.second_factor.conftest import PASSWORD
from tests.factories.second_factor import forget_the_time, give_app, sign_in


@pytest.fixture
def administrator(client, ada, app):
    sign_in(client, ada, PASSWORD, app)
    return client


@pytest.fixture
def maya(django_user_model):
    person = django_user_model.objects.create_user("maya", "maya@example.org", PASSWORD)
    person.groups.add(Group.objects.get(name="Matching team"))
    return person


@pytest.fixture
def lost(maya):
    """What opened a session, and the session."""
    secret = give_app(maya)
    phone = Client()
    sign_in(phone, maya, PASSWORD, secret)
    assert phone.get("/admin/").status_code == 200
    return phone


@pytest.mark.guide(
    "Without one, ring a superuser: they can reset it.",
    "You get an e-mail whenever your second step changes.",
)
def test_it_is_taken_away_on_the_page_of_the_account(administrator, ada, maya, lost, letters):
    page = administrator.get(reverse("wagtailusers_users:edit", args=[maya.pk])).content.decode()
    door = reverse("second_factor_reset", args=[maya.pk])
    assert door in page
    assert "ring them" in administrator.get(door).content.decode()
    assert Authenticator.objects.filter(user=maya).count() == 2
    answer = administrator.post(door, follow=True)
    assert "told by e-mail" in answer.content.decode()
    assert "Not set up." in answer.content.decode()
    assert not Authenticator.objects.filter(user=maya).exists()
    assert lost.get("/admin/").status_code == 302
    assert lost.get(reverse("mfa_activate_totp")).status_code == 302, "a lost phone set up another"
    entry = ModelLogEntry.objects.get(action="second_factor.reset")
    assert (entry.object_id, entry.user) == (str(maya.pk), ada)
    assert letters() == [(maya.pk, "second_factor.reset")]
    history = administrator.get(reverse("wagtailusers_users:history", args=[maya.pk])).content.decode()
    assert "taken away by an administrator" in history


def test_a_session_that_the_phone_opened_stays_closed_when_there_is_a_new_one(administrator, maya, lost):
    administrator.post(reverse("second_factor_reset", args=[maya.pk]))
    secret = give_app(maya)
    assert lost.get("/admin/").status_code == 302
    new = Client()
    sign_in(new, maya, PASSWORD, secret)
    assert new.get("/admin/").status_code == 200


def test_what_the_phone_opened_is_closed_where_nobody_must_have_one_too(administrator, maya, lost, settings):
    settings.REQUIRE_SECOND_FACTOR = "nobody"
    administrator.post(reverse("second_factor_reset", args=[maya.pk]))
    assert lost.get("/admin/").status_code == 302
    sign_in(lost, maya, PASSWORD)
    assert lost.get("/admin/").status_code == 200


def test_it_asks_again_who_is_asking(administrator, maya, lost):
    forget_the_time(administrator)
    door = reverse("second_factor_reset", args=[maya.pk])
    assert administrator.get(door)["Location"].startswith(reverse("mfa_reauthenticate"))
    assert administrator.post(door)["Location"] == door
    assert Authenticator.objects.filter(user=maya).exists()


def test_only_an_administrator_may(client, maya, ada, app, django_user_model):
    keeper = django_user_model.objects.create_user("keeper", "keeper@example.org", PASSWORD)
    names = ("access_admin", "change_user", "add_user", "delete_user")
    keeper.user_permissions.set(Permission.objects.filter(codename__in=names))
    sign_in(client, keeper, PASSWORD, give_app(keeper))
    page = client.get(reverse("wagtailusers_users:edit", args=[ada.pk]))
    assert page.status_code == 200
    door = reverse("second_factor_reset", args=[ada.pk])
    assert door not in page.content.decode()
    for method in (client.get, client.post):
        assert method(door)["Location"] == "/admin/"
    assert Authenticator.objects.filter(user=ada).exists()


def test_there_may_be_nothing_to_take_away(administrator, maya, letters):
    answer = administrator.post(reverse("second_factor_reset", args=[maya.pk]), follow=True)
    assert "has no second step" in answer.content.decode()
    assert letters() == []


def test_the_letter_is_neutral(maya):
    for change in ("added", "removed", "new_codes", "reset"):
        notify(person_id=maya.pk, change=f"second_factor.{change}")
    assert len({letter.body for letter in mail.outbox}) == 4
    for letter in mail.outbox:
        assert (letter.subject, letter.to) == ("Your sign-in was changed", ["maya@example.org"])
        assert "tell an administrator" in letter.body
        assert not [word for word in ("maya", "enquir", "Matching", "http") if word in letter.body]


def test_who_has_no_address_gets_no_letter_and_the_administrator_knows(administrator, maya, lost):
    # Not by saving her account, of which the old address would be told.
    type(maya).objects.filter(pk=maya.pk).update(email="")
    answer = administrator.post(reverse("second_factor_reset", args=[maya.pk]), follow=True)
    assert "tell them yourself" in answer.content.decode()
    notify(person_id=maya.pk, change="second_factor.reset")
    assert mail.outbox == []


def test_the_last_administrator_is_helped_on_the_command_line(ada, app, letters, capsys):
    call_command("reset_second_factor", "ada")
    assert not Authenticator.objects.exists()
    assert ModelLogEntry.objects.get(action="second_factor.reset").user is None
    assert letters() == [(ada.pk, "second_factor.reset")]
    for name in ("ada", "nobody"):
        with pytest.raises(CommandError):
            call_command("reset_second_factor", name)
