"""Passkeys: what belongs to whom, what is told, and what is refused. The browser tests do the rest."""

import json

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model
from django.urls import reverse
from wagtail.models import ModelLogEntry

from tests.core.accounts.second_factor.conftest import PASSWORD
from tests.factories.second_factor import forget_the_time, sign_in

ADD = "/admin/account/second-step/passkeys/new/"


def passkey_of(person, name="Blue key"):
    return Authenticator.objects.create(user=person, type="webauthn", data={"name": name, "credential": {}})


@pytest.fixture
def signed_in(client, ada, app):
    sign_in(client, ada, PASSWORD, app)
    return client


@pytest.mark.parametrize(
    "credential",
    [
        "",
        "nonsense",
        "[]",
        "{}",
        '"text"',
        json.dumps({"id": "x", "rawId": "x", "type": "public-key", "response": {}}),
    ],
)
def test_what_is_no_passkey_is_refused(signed_in, credential):
    signed_in.get(ADD)
    answer = signed_in.post(ADD, {"name": "Mine", "credential": credential})
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert not Authenticator.objects.filter(type="webauthn").exists()


@pytest.mark.parametrize("credential", ["", "nonsense", "[]", "{}"])
def test_it_does_not_sign_in_either(client, ada, app, credential):
    sign_in(client, ada, PASSWORD)
    answer = client.post(reverse("mfa_authenticate"), {"credential": credential})
    assert answer.status_code == 200
    assert client.get("/admin/").status_code == 302


@pytest.mark.parametrize("name", ["mfa_edit_webauthn", "mfa_remove_webauthn"])
def test_the_passkeys_of_others_are_not_there(signed_in, ada, name):
    other = get_user_model().objects.create_superuser("grace", "grace@example.org", PASSWORD)
    theirs = passkey_of(other)
    for answer in (signed_in.get, signed_in.post):
        assert answer(reverse(name, args=[theirs.pk])).status_code == 404
    assert theirs.wrap().name == "Blue key"


def test_one_is_renamed_and_removed_and_removing_is_told(signed_in, ada, letters):
    key = passkey_of(ada)
    page = signed_in.get("/admin/account/").content.decode()
    assert "Rename Blue key" in page and "Remove the app" in page
    signed_in.post(reverse("mfa_edit_webauthn", args=[key.pk]), {"name": "Green key"})
    key.refresh_from_db()
    assert key.wrap().name == "Green key"
    too_long = signed_in.post(reverse("mfa_edit_webauthn", args=[key.pk]), {"name": "x" * 61})
    assert too_long.context["form"].errors["name"]
    signed_in.post(reverse("mfa_remove_webauthn", args=[key.pk]))
    assert set(Authenticator.objects.values_list("type", flat=True)) == {"totp", "recovery_codes"}
    assert letters() == [(ada.pk, "second_factor.removed")]
    assert ModelLogEntry.objects.filter(object_id=str(ada.pk), action="second_factor.removed").exists()


@pytest.mark.parametrize("name", ["mfa_add_webauthn", "mfa_edit_webauthn", "mfa_remove_webauthn"])
def test_a_change_asks_for_the_second_step_again(signed_in, ada, name):
    key = passkey_of(ada)
    forget_the_time(signed_in)
    address = reverse(name, args=[] if name == "mfa_add_webauthn" else [key.pk])
    assert signed_in.get(address)["Location"] == reverse("mfa_reauthenticate", query={"next": address})


def test_who_has_a_passkey_alone_is_asked_for_it(client, ada):
    passkey_of(ada)
    client.force_login(ada)
    assert client.get("/admin/").status_code == 302, "a session that knew no second step is still open"


def test_an_administrator_takes_all_of_them_away(signed_in, ada):
    other = get_user_model().objects.create_superuser("grace", "grace@example.org", PASSWORD)
    passkey_of(other), passkey_of(other, "Second")
    assert "Blue key" in signed_in.get(reverse("wagtailusers_users:edit", args=[other.pk])).content.decode()
    signed_in.post(reverse("second_factor_reset", args=[other.pk]))
    assert not Authenticator.objects.filter(user=other).exists()
