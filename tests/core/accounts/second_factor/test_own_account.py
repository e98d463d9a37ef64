"""What a person changes of their own second step, on the account page."""

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from tests.core.accounts.second_factor.conftest import PASSWORD
from tests.factories.second_factor import code_of, forget_the_time, sign_in

ACCOUNT = "/admin/account/"
REMOVE = "/admin/account/second-step/app/remove/"
NEW_CODES = "/admin/account/second-step/codes/new/"


@pytest.fixture
def signed_in(client, ada, app):
    sign_in(client, ada, PASSWORD, app)
    return client


def logged(person):
    return set(ModelLogEntry.objects.filter(object_id=str(person.pk)).values_list("action", "user_id"))


def test_the_account_page_shows_what_there_is(signed_in):
    page = signed_in.get(ACCOUNT).content.decode()
    assert "Authenticator app" in page
    assert "10 left" in page
    assert "Set up an authenticator app" not in page
    for name in ("mfa_deactivate_totp", "mfa_generate_recovery_codes"):
        assert reverse(name) in page


def test_saving_the_account_page_still_works(signed_in, ada, app):
    signed_in.post(reverse("mfa_reauthenticate"), {"code": code_of(app, steps=1)})
    answer = signed_in.post(
        ACCOUNT,
        {
            "name_email-first_name": "Ada",
            "name_email-last_name": "A",
            "name_email-email": "new@example.org",
            "name_email-current_password": PASSWORD,
            "theme-theme": "system",
            "theme-density": "default",
            "theme-contrast": "system",
            "theme-keyboard_shortcuts": "on",
        },
    )
    assert answer.status_code == 302, answer.context["panels_by_tab"]
    ada.refresh_from_db()
    assert ada.email == "new@example.org"


@pytest.mark.parametrize("address", [REMOVE, NEW_CODES])
def test_a_change_asks_for_the_second_step_again(signed_in, app, address):
    assert signed_in.get(address).status_code == 200
    forget_the_time(signed_in)
    again = reverse("mfa_reauthenticate", query={"next": address})
    assert signed_in.get(address)["Location"] == again
    assert signed_in.post(address)["Location"] == address, "what was sent was kept in the session"
    assert "account_reauthentication_state" not in signed_in.session
    assert signed_in.get(reverse("account_reauthenticate"))["Location"].startswith(
        reverse("mfa_reauthenticate")
    )
    assert signed_in.post(again, {"code": "000000"}).context["form"].errors["code"]
    assert signed_in.get(address).status_code == 302
    assert signed_in.post(again, {"code": code_of(app, steps=1)})["Location"] == address
    assert signed_in.get(address).status_code == 200


@pytest.mark.guide(
    "A new phone: while you still have the old one, remove the app there and set up the new one.",
    "You get an e-mail whenever your second step changes.",
)
def test_who_removes_the_only_one_sets_up_a_new_one_first(signed_in, ada, letters):
    assert signed_in.post(REMOVE)["Location"] == reverse("mfa_index")
    assert not Authenticator.objects.exists(), "recovery codes outlived what they stand in for"
    assert signed_in.get(reverse("mfa_index"))["Location"] == reverse("mfa_activate_totp")
    assert signed_in.get(ACCOUNT).status_code == 302
    assert logged(ada) == {("second_factor.removed", ada.pk)}
    assert letters() == [(ada.pk, "second_factor.removed")]


def test_who_needs_none_stays_signed_in_without_it_and_elsewhere_is_signed_out(signed_in, ada, app, settings):
    settings.REQUIRE_SECOND_FACTOR = "nobody"
    elsewhere = Client()
    sign_in(elsewhere, ada, PASSWORD)
    elsewhere.post(reverse("mfa_authenticate"), {"code": code_of(app, steps=1)})
    assert elsewhere.get(ACCOUNT).status_code == 200
    signed_in.post(REMOVE)
    assert signed_in.get(ACCOUNT).status_code == 200
    assert elsewhere.get(ACCOUNT).status_code == 302


@pytest.mark.guide("You get an e-mail whenever your second step changes.")
def test_new_codes_replace_the_old_ones(signed_in, ada, letters):
    old = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    assert signed_in.post(NEW_CODES)["Location"] == reverse("mfa_view_recovery_codes")
    new = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    assert not set(old) & set(new)
    assert f"{new[0][:4]} {new[0][4:]}" in signed_in.get(reverse("mfa_view_recovery_codes")).content.decode()
    other = Client()
    sign_in(other, ada, PASSWORD)
    assert other.post(reverse("mfa_authenticate"), {"code": old[0]}).status_code == 200
    assert letters() == [(ada.pk, "second_factor.new_codes")]


def test_who_came_in_with_a_recovery_code_may_make_new_ones(client, ada, app):
    code = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[0]
    sign_in(client, ada, PASSWORD)
    client.post(reverse("mfa_authenticate"), {"code": code})
    client.post(NEW_CODES)
    assert client.get(ACCOUNT).status_code == 200


@pytest.mark.guide(
    "A practice may ask the same of everyone; you may set one up anyway, under your name → Account → "
    "Signing in.",
    "You get an e-mail whenever your second step changes.",
)
def test_adding_one_is_logged_and_notified(client, ada, settings, letters):
    settings.REQUIRE_SECOND_FACTOR = "nobody"
    sign_in(client, ada, PASSWORD)
    other = Client()
    sign_in(other, ada, PASSWORD)
    page = client.get(reverse("mfa_activate_totp"))
    client.post(reverse("mfa_activate_totp"), {"code": code_of(page.context["form"].secret)})
    assert client.get(ACCOUNT).status_code == 200
    assert other.get(ACCOUNT).status_code == 302, "a session that knew no second step is still open"
    assert logged(ada) == {("second_factor.added", ada.pk)}
    assert letters() == [(ada.pk, "second_factor.added")]
