"""The first sign-in of someone who must have a second step: they set it up, and do nothing else before."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from tests.core.accounts.second_factor.conftest import PASSWORD
from tests.factories.second_factor import code_of, sign_in

SET_UP = "/admin/account/second-step/app/"
CODES = "/admin/account/second-step/codes/"


@pytest.fixture
def at_set_up(client, ada):
    sign_in(client, ada, PASSWORD)
    return client


def key_on(page):
    """What a person would type into the app."""
    text = re.search(r'class="second-step__key">(.*?)</p>', page.content.decode(), re.DOTALL)[1]
    return re.sub(r"<[^>]+>|\s", "", text)


def set_up(client):
    secret = key_on(client.get(SET_UP))
    return secret, client.post(SET_UP, {"code": code_of(secret)})


def test_the_password_leads_to_the_set_up_and_nowhere_else(client, ada):
    answer = client.post(reverse("wagtailadmin_login"), {"username": "ada", "password": PASSWORD})
    assert answer["Location"] == SET_UP
    page = client.get(SET_UP)
    assert "Your account needs a second step" in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    for address in ("/admin/", "/admin/account/", CODES, "/admin/account/second-step/codes/new/"):
        assert client.get(address)["Location"].startswith("/admin/login/"), address
    assert client.get("/admin/account/second-step/")["Location"] == SET_UP


@pytest.mark.guide(
    "The first time, the site shows how to set it up: scan the picture, type the digits, keep the ten "
    "recovery codes somewhere else than the phone.",
)
def test_setting_up_an_app_opens_the_admin_and_shows_recovery_codes_once(at_set_up):
    _secret, answer = set_up(at_set_up)
    assert answer["Location"] == CODES
    page = at_set_up.get(CODES)
    codes = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    assert len(codes) == 10
    text = page.content.decode()
    assert all(f"{code[:4]} {code[4:]}" in text for code in codes)
    assert "%0A".join(codes) in re.search(r'href="data:text/plain;charset=utf-8,([^"]*)"', text)[1]
    assert at_set_up.get("/admin/").status_code == 200
    again = at_set_up.get(CODES).content.decode()
    assert "10 codes left" in again
    assert not [code for code in codes if code in again or f"{code[:4]} {code[4:]}" in again]


def test_the_code_of_the_set_up_does_not_sign_in(at_set_up, ada):
    secret, _answer = set_up(at_set_up)
    other = Client()
    sign_in(other, ada, PASSWORD)
    code = code_of(secret)
    assert other.post(reverse("mfa_authenticate"), {"code": code}).status_code == 200
    assert other.post(reverse("mfa_authenticate"), {"code": code_of(secret, steps=1)}).status_code == 302


@pytest.mark.parametrize("code", ["", "000000", "code"])
def test_a_wrong_code_changes_nothing_and_keeps_the_key(at_set_up, code):
    secret = key_on(at_set_up.get(SET_UP))
    page = at_set_up.post(SET_UP, {"code": code})
    assert page.context["form"].errors["code"]
    assert key_on(page) == secret
    assert not Authenticator.objects.exists()
    assert at_set_up.get("/admin/").status_code == 302
    assert at_set_up.post(SET_UP, {"code": code_of(secret)})["Location"] == CODES


def test_a_session_alone_cannot_set_up_a_second_step(client, ada):
    client.force_login(ada)
    again = client.get(SET_UP)["Location"]
    assert again == reverse("account_reauthenticate", query={"next": SET_UP})
    assert client.post(again, {"password": "wrong"}).context["form"].errors["password"]
    assert client.get(SET_UP).status_code == 302
    assert client.post(again, {"password": PASSWORD})["Location"] == SET_UP
    assert client.get(SET_UP).status_code == 200


def test_not_now_means_signed_out(at_set_up):
    at_set_up.post(reverse("wagtailadmin_logout"))
    assert at_set_up.get(SET_UP)["Location"].startswith("/admin/login/")


def test_no_other_view_of_allauth_is_routed(client, db):
    for path in ("accounts/", "accounts/signup/", "accounts/login/", "accounts/password/reset/", "_allauth/"):
        assert client.get(f"/{path}").status_code == 404, path
