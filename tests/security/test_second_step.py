"""Each door of the admin before someone who has not taken the second step, however they came by a session."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.test import Client
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from demo.logins import LOGINS
from home.models import InfoPage
from tests.factories.second_factor import give_app, sign_in
from tests.factories.secrets import DocumentFactory
from tests.security.test_doors import OPEN, come_in, opened

pytestmark = pytest.mark.django_db

PASSWORDS = {login.username: login.password for login in LOGINS}
#: All that leads to a second step.
SET_UP = {
    "/admin/account/again/",
    "/admin/account/second-step/app/",
    "/admin/account/second-step/passkeys/new/",
}


@pytest.fixture(autouse=True)
def required(settings):
    settings.REQUIRE_SECOND_FACTOR = "sensitive"
    cache.clear()


def person_called(username):
    return get_user_model().objects.get(username=username)


def after_the_password(username):
    client = Client(raise_request_exception=False)
    sign_in(client, person_called(username), PASSWORDS[username])
    return client


def with_both_steps(username):
    client = after_the_password(username)
    sign_in(client, person_called(username), PASSWORDS[username], give_app(person_called(username)))
    return client


def old_session(username):
    return come_in(username)


def session_older_than_the_phone(username):
    client = come_in(username)
    give_app(person_called(username))
    return client


def password_before_the_code(username):
    give_app(person_called(username))
    return after_the_password(username)


def session_of_a_lost_phone(username):
    client = with_both_steps(username)
    Authenticator.objects.filter(user__username=username).delete()
    give_app(person_called(username))
    return client


@pytest.mark.parametrize(
    ("come", "username"),
    [
        (old_session, "admin"),
        (session_older_than_the_phone, "admin"),
        (password_before_the_code, "admin"),
        (session_of_a_lost_phone, "admin"),
        (password_before_the_code, "matcher"),
    ],
)
def test_no_door_opens_without_the_second_step(doors, username, come):
    found = opened(come(username), doors)
    open_to_all = {door for door in doors if door.startswith(OPEN)}
    assert found - open_to_all - SET_UP == set()
    if come is not old_session:
        assert found & SET_UP == set(), "someone who has a second step could replace it"


@pytest.mark.parametrize("username", ["matcher", "admin"])
def test_before_the_set_up_only_the_set_up_opens(doors, username):
    found = opened(after_the_password(username), doors)
    assert {door for door in found if not door.startswith(OPEN)} == SET_UP


def test_with_both_steps_the_doors_are_what_they_were(doors, settings):
    """Every third of them: the step is one for all."""
    some = doors[::3]
    with_both = opened(with_both_steps("matcher"), some)
    Authenticator.objects.all().delete()
    settings.REQUIRE_SECOND_FACTOR = "nobody"
    without = opened(come_in("matcher"), some)
    own = {door for door in some if "second-step" in door or "/again/" in door}
    assert with_both - own == without - own
    assert len(without) > 7


def test_nothing_outside_the_admin_knows_them_either(demo_site):
    private = InfoPage.objects.live().first()
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    document = DocumentFactory(collection=Collection.get_first_root_node().add_child(name="Private"))
    CollectionViewRestriction.objects.create(collection=document.collection, restriction_type="login")
    half, whole = old_session("admin"), with_both_steps("admin")
    for client, is_known in ((half, False), (whole, True)):
        assert client.get("/styleguide/").status_code == (200 if is_known else 404)
        assert client.get(private.url).status_code == (200 if is_known else 302)
        assert client.get(document.url).status_code == (200 if is_known else 302)
        assert ("wagtail-userbar" in client.get("/").content.decode()) == is_known
        assert client.get(f"/api/v2/pages/{private.pk}/").status_code == 404


def test_who_edits_pages_needs_none_unless_everyone_does(doors, settings):
    assert "/admin/" in opened(come_in("editor"), ["/admin/"])
    settings.REQUIRE_SECOND_FACTOR = "everyone"
    found = opened(come_in("editor"), doors)
    assert {door for door in found if not door.startswith(OPEN)} <= SET_UP
