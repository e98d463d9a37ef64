"""What someone typed in a session that had ended is there again once they have signed in."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from core.accounts import typed_words
from core.accounts.idle_sessions import LAST_SEEN
from therapists.enquiries.models import Reply

WORDS = "We have found someone for you, Sam."


@pytest.fixture(autouse=True)
def _nobody_has_typed_yet():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def reply(enquiry, matcher):
    return reverse("enquiries_admin:action", args=[enquiry.pk, "reply"])


def sign_in(client, address, name="matcher"):
    login = {"username": name, "password": name, "next": address}
    return client.post(reverse("wagtailadmin_login"), login)


def typed(page):
    return BeautifulSoup(page.content, "html.parser").select_one("[name=reply-text]").text.strip()


@pytest.mark.parametrize("how", ["ended", "idle", "none"])
def test_it_is_there_again_after_signing_in(reply, matcher, settings, how, caplog):
    settings.REQUIRE_SECOND_FACTOR = "nobody"
    client = Client()
    if how == "ended":  # the browser still shows the page of a session that the server has forgotten
        client.force_login(matcher)
        Session.objects.all().delete()
    if how == "idle":
        client.force_login(matcher)
        session = client.session
        session[LAST_SEEN] -= settings.SENSITIVE_IDLE_MINUTES * 60 + 1
        session.save()
    asked = client.post(reply, {"reply-text": WORDS, "csrfmiddlewaretoken": "x"})
    assert asked.url == f"{reverse('wagtailadmin_login')}?next={reply}"
    assert WORDS not in asked.url + caplog.text + str(asked.cookies)
    [session] = Session.objects.all()
    kept = SessionStore().decode(session.session_data)[typed_words.KEPT_UNDER]
    assert WORDS.encode() not in bytes.fromhex(kept)
    back = sign_in(client, reply)
    assert back.url == reply
    page = client.get(reply)
    assert typed(page) == WORDS
    assert "nothing was sent" in page.content.decode()
    assert not Reply.objects.exists()
    assert client.get(reply).status_code == 302, "it is shown once"
    client.post(reply, {"reply-text": WORDS})
    assert Reply.objects.get().text == WORDS


def test_it_is_kept_for_that_form_a_short_time_and_not_without_end(reply, matcher, settings, monkeypatch):
    settings.REQUIRE_SECOND_FACTOR = "nobody"
    client = Client()
    client.post(reply, {"reply-text": WORDS})
    sign_in(client, reply)
    assert client.get(reply.replace("reply", "note")).status_code == 302
    assert client.get(reply).status_code == 302
    late = Client()
    late.post(reply, {"reply-text": WORDS})
    sign_in(late, reply)
    monkeypatch.setattr(typed_words.time, "time", lambda: 4e9)
    assert late.get(reply).status_code == 302
    monkeypatch.undo()
    Session.objects.all().delete()
    Client().post(reply, {"reply-text": WORDS * 1000})
    for _number in range(typed_words.MOST_OF_ADDRESS + 5):
        Client().post(reply, {"reply-text": WORDS})
    assert Session.objects.count() <= typed_words.MOST_OF_ADDRESS


def test_the_reason_of_an_administrator_is_there_too(enquiry, django_user_model):
    client = Client()
    address = reverse("enquiries_admin:break_glass", args=[enquiry.pk])
    client.post(address, {"reason": "The whole team is ill today"})
    client.force_login(django_user_model.objects.create_superuser("administrator"))
    assert "The whole team is ill today" in client.get(address).content.decode()
    assert "The whole team" not in client.get(address).content.decode()


def test_nobody_else_is_given_them(reply, matcher, settings):
    settings.REQUIRE_SECOND_FACTOR = "nobody"
    colleague = User.objects.create_user("colleague", password="colleague")
    colleague.groups.set(matcher.groups.all())
    client = Client()
    client.force_login(matcher)
    session = client.session
    session[LAST_SEEN] -= settings.SENSITIVE_IDLE_MINUTES * 60 + 1
    session.save()
    client.post(reply, {"reply-text": WORDS})
    sign_in(client, reply, "colleague")

    assert WORDS not in client.get(reply, follow=True).content.decode()
