"""Password, then code: no page of the admin before both, whatever the session says."""

import logging
import time

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from tests.core.accounts.second_factor.conftest import PASSWORD
from tests.factories.second_factor import code_of, give_app
from tests.log_lines import log_lines

ADMIN = "/admin/"
CODE = "/admin/login/second-step/"


def is_in(client):
    return client.get(ADMIN).status_code == 200


def type_password(client, password=PASSWORD, door="wagtailadmin_login", **fields):
    return client.post(reverse(door), {"username": "ada", "password": password, **fields})


def type_code(client, code):
    return client.post(CODE, {"code": code})


@pytest.mark.parametrize("door", ["wagtailadmin_login", "wagtailcore_login"])
def test_a_password_alone_opens_nothing(client, app, door):
    answer = type_password(client, door=door)
    assert (answer.status_code, answer["Location"]) == (302, CODE)
    assert "_auth_user_id" not in client.session
    assert not is_in(client)


def test_the_login_in_another_language_asks_for_the_code_too(client, app, welsh):
    answer = client.post("/cy/_util/login/", {"username": "ada", "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, CODE)
    assert "_auth_user_id" not in client.session


@pytest.mark.guide(
    "After the password, administrators and the Matching team type six digits from an authenticator app on "
    "their phone, or touch a passkey.",
)
def test_with_the_code_one_is_in(client, app):
    before = type_password(client, next="/admin/users/").cookies["sessionid"].value
    answer = type_code(client, code_of(app))
    assert answer["Location"] == "/admin/users/"
    assert client.cookies["sessionid"].value != before, "the session was not renewed"
    assert is_in(client)


def test_spaces_and_a_slow_hand_do_no_harm(client, app):
    type_password(client)
    code = code_of(app, steps=-1)
    assert type_code(client, f" {code[:3]} {code[3:]} ").status_code == 302


@pytest.mark.parametrize("code", ["", "000000", "12", "ten", "１２３４５６", "9" * 500])
def test_a_wrong_code_is_refused_beside_its_field(client, app, code):
    type_password(client)
    answer = type_code(client, code)
    assert answer.status_code == 200
    assert answer.context["form"].errors["code"]
    assert not is_in(client)


def test_a_form_without_its_field_is_asked_again(client, app):
    type_password(client)
    assert client.post(CODE, {})["Location"] == CODE
    assert client.post(CODE, {"credential": "{}"}).context["webauthn_form"].errors["credential"]
    assert not is_in(client)
    assert "Six digits" in client.get(CODE).content.decode()


def test_an_old_code_and_one_from_elsewhere_are_refused(client, app, django_user_model):
    other = give_app(django_user_model.objects.create_superuser("eve", "eve@example.org", PASSWORD))
    type_password(client)
    for code in (code_of(app, steps=-2), code_of(app, steps=2), code_of(other)):
        assert type_code(client, code).status_code == 200


def test_a_code_opens_once(client, app):
    code = code_of(app)
    type_password(client)
    type_code(client, code)
    assert is_in(client)
    watcher = Client()
    type_password(watcher)
    assert type_code(watcher, code).status_code == 200
    assert not is_in(watcher)


def test_a_code_stays_used_for_as_long_as_it_would_be_taken(client, app, monkeypatch):
    code = code_of(app, steps=1)
    type_password(client)
    assert type_code(client, code).status_code == 302
    now = time.time
    monkeypatch.setattr(time, "time", lambda: now() + 45)
    watcher = Client()
    type_password(watcher)
    assert type_code(watcher, code).status_code == 200


@pytest.mark.guide("A lost phone: type a recovery code where the digits are asked for.")
def test_a_recovery_code_opens_once(client, ada, app):
    codes = Authenticator.objects.get(user=ada, type="recovery_codes").wrap().get_unused_codes()
    assert len(codes) == 10
    type_password(client)
    type_code(client, codes[3])
    assert is_in(client)
    again = Client()
    type_password(again)
    assert type_code(again, codes[3]).status_code == 200
    assert not is_in(again)
    assert type_code(again, codes[4]).status_code == 302


def test_after_five_wrong_codes_the_right_one_has_to_wait(client, app):
    type_password(client)
    for _ in range(5):
        assert type_code(client, "000000").status_code == 200
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    type_password(elsewhere)
    for someone in (client, elsewhere):
        answer = type_code(someone, code_of(app))
        assert "Wait a quarter of an hour" in answer.content.decode()
        assert not is_in(someone)


def test_the_cache_holds_no_address(client, app, monkeypatch):
    keys = []
    for name in ("add", "set"):
        call = getattr(cache, name)
        monkeypatch.setattr(
            cache,
            name,
            lambda key, *args, call=call, **kwargs: keys.append(key) or call(key, *args, **kwargs),
        )
    client.defaults["REMOTE_ADDR"] = "192.0.2.77"
    type_password(client, "wrong")
    type_password(client)
    type_code(client, "000000")
    type_code(client, code_of(app))
    assert len(keys) > 3
    assert not [key for key in keys if "192.0.2" in key]


def test_no_answer_tells_who_has_a_second_step(client, app, django_user_model):
    django_user_model.objects.create_user("eddy", password=PASSWORD)
    said = [
        client.post(reverse("wagtailadmin_login"), {"username": name, "password": "wrong"})
        .context["form"]
        .errors
        for name in ("ada", "eddy", "nobody")
    ]
    assert said[0] == said[1] == said[2]


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:1"]
)
def test_signing_in_leads_to_no_other_site(client, app, settings, target):
    settings.ALLOWED_HOSTS = ["testserver", "evil.example"]
    type_password(client, next=target)
    answer = client.post(f"{CODE}?next={target}", {"code": code_of(app)})
    assert answer["Location"] == ADMIN
    again = f"{reverse('mfa_reauthenticate')}?next={target}"
    assert "evil" not in client.get(again).content.decode().replace(again, "")
    assert client.post(again, {"code": code_of(app, steps=1)})["Location"] == ADMIN


def test_the_second_step_cannot_be_opened_by_itself(client, app):
    assert client.get(CODE)["Location"] == "/admin/login/"
    assert type_code(client, code_of(app))["Location"] == "/admin/login/"
    assert not is_in(client)


def test_a_sign_in_that_was_left_half_way_is_forgotten(client, app, monkeypatch):
    type_password(client)
    later = client.session["account_login"]["initiated_at"] + 901
    monkeypatch.setattr("allauth.account.internal.stagekit.time.time", lambda: later)
    assert client.get(CODE)["Location"] == "/admin/login/"


def test_a_new_password_does_not_stand_in_for_the_code(client, ada, app):
    client.post(reverse("wagtailadmin_password_reset"), {"email": ada.email})
    [letter] = mail.outbox
    link = next(word for word in letter.body.split() if "password_reset/confirm" in word)
    form = client.get(link, follow=True).redirect_chain[-1][0]
    client.post(form, {"new_password1": "a-new-harbour-9", "new_password2": "a-new-harbour-9"})
    assert not is_in(client)
    assert type_password(client, "a-new-harbour-9")["Location"] == CODE
    assert not is_in(client)


def test_someone_else_who_signs_in_here_is_asked_for_their_own(client, app, django_user_model):
    eve = django_user_model.objects.create_superuser("eve", "eve@example.org", PASSWORD)
    client.force_login(eve)  # a session from before the second step, which opens nothing
    type_password(client)
    type_code(client, code_of(app))
    assert client.get(ADMIN).context["request"].user.username == "ada"


def test_remember_me_is_kept_through_the_second_step(client, app, settings):
    type_password(client, remember="on")
    type_code(client, code_of(app))
    assert client.session.get_expiry_age() == settings.SESSION_COOKIE_AGE
    assert not client.session.get_expire_at_browser_close()
    client.logout()
    type_password(client)
    type_code(client, code_of(app, steps=1))
    assert client.session.get_expire_at_browser_close()


def test_each_attempt_is_logged_by_the_account_and_never_by_what_was_typed(client, ada, app):
    with log_lines(logging.INFO) as kept:
        client.post("/admin/login/", {"username": "canary@example.org", "password": "canary"})
        type_password(client)
        type_code(client, "000000")
        type_code(client, code_of(app))
        client.post("/admin/logout/")
    told = [line["message"] for line in kept.told() if line["logger"] == "core.accounts.sign_in_log"]
    assert told == [
        "A password was refused",
        f"Account {ada.pk} was refused its second step (totp)",
        f"Account {ada.pk} showed its second step (totp)",
        f"Account {ada.pk} signed in",
        f"Account {ada.pk} signed out",
    ]
    assert "canary" not in kept.text and "000000" not in kept.text
