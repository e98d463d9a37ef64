"""Whoever may read what is confidential and leaves the desk has to sign in again."""

import pytest
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from core.accounts.idle_sessions import LAST_SEEN
from tests.factories.enquiries import make_matcher

HOME = "/admin/"


@pytest.fixture
def person(request, django_user_model, db):
    if request.param == "matcher":
        return make_matcher()
    return django_user_model.objects.create_superuser("administrator")


def idle(client, minutes):
    session = client.session
    session[LAST_SEEN] -= minutes * 60
    session.save()


@pytest.mark.parametrize("person", ["matcher", "administrator"], indirect=True)
def test_whoever_may_read_enquiries_signs_in_again(person, settings):
    settings.REQUIRE_SECOND_FACTOR = "nobody"
    client = Client()
    client.force_login(person)
    for _time in range(3):
        idle(client, 29)
        assert client.get(HOME).status_code == 200, "each request begins the half hour anew"
    idle(client, 29)
    client.post(reverse("wagtailadmin_editing_sessions:release", args=[1]))
    idle(client, 2)
    assert reverse("wagtailadmin_login") in client.get(HOME).url, "the editor's own asking counts for nothing"
    assert not Session.objects.exists()
    client.force_login(person)
    settings.SENSITIVE_IDLE_MINUTES = 0
    idle(client, 10_000)
    assert client.get(HOME).status_code == 200


def test_an_editor_does_not(django_user_model, db):
    editor = django_user_model.objects.create_user("editor")
    editor.groups.add(Group.objects.get(name="Content editor"))
    client = Client()
    client.force_login(editor)
    idle(client, 10_000)
    assert client.get(HOME).status_code == 200
