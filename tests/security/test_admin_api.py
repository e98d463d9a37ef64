"""Wagtail's API of the admin answers each role, and gives each only what that role may see."""

import pytest
from django.contrib.auth.models import Group, Permission, User
from wagtail.admin.api.urls import admin_api
from wagtail.models import Collection, CollectionViewRestriction

from tests.factories.home import PracticeImageFactory, make_site
from tests.factories.secrets import DocumentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("search_index")]

ENDPOINTS = ["documents", "images", "pages"]
ROLES = ["a stranger", "an account without rights", "an editor", "an editor of the group", "an administrator"]


def make_user(role):
    if role == "an administrator":
        return User.objects.create_superuser(role)
    user = User.objects.create_user(role)
    if role != "an account without rights":
        user.groups.add(Group.objects.get(name="Content editor"))
    if role == "an editor of the group":
        user.groups.add(Group.objects.get(name="Insiders"))
    return user


@pytest.fixture
def files():
    """A picture and a document each: for anyone, behind a login, a password, and for one group."""
    insiders = Group.objects.create(name="Insiders")
    insiders.permissions.add(Permission.objects.get(codename="access_admin"))
    make_site()
    root = Collection.get_first_root_node()
    for kind in ("anyone", "login", "password", "groups"):
        collection = root.add_child(name=kind)
        if kind != "anyone":
            restriction = CollectionViewRestriction.objects.create(
                collection=collection, restriction_type=kind, password="open sesame"
            )
            if kind == "groups":
                restriction.groups.add(insiders)
        PracticeImageFactory(title=kind, collection=collection)
        DocumentFactory(title=kind, collection=collection)


def test_every_endpoint_is_walked():
    assert sorted(admin_api._endpoints) == ENDPOINTS


@pytest.mark.parametrize("endpoint", ENDPOINTS)
@pytest.mark.parametrize("role", ROLES)
def test_no_role_meets_an_error(client, files, role, endpoint):
    if role != "a stranger":
        client.force_login(make_user(role))
    may_enter = "editor" in role or role == "an administrator"
    address = f"/admin/api/main/{endpoint}/"
    listing = client.get(address)
    assert listing.status_code == (200 if may_enter else 302)
    keys = [row["id"] for row in listing.json()["items"]] if may_enter else [1]
    for key in [*keys, 999_999]:
        answer = client.get(f"{address}{key}/")
        assert answer.status_code == (200 if key in keys else 404) if may_enter else 302
    for query in ("?limit=1", "?search=login", "?order=-id", "?fields=*", "find/?id=999999"):
        assert client.get(address + query).status_code in ((200, 400, 404) if may_enter else (302,))


@pytest.mark.parametrize("endpoint", ["documents", "images"])
@pytest.mark.parametrize(
    ("role", "seen"),
    [
        ("an editor", {"anyone", "login"}),
        ("an editor of the group", {"anyone", "login", "groups"}),
        ("an administrator", {"anyone", "login", "groups"}),
    ],
)
def test_files_are_listed_for_whoever_may_see_them(client, files, role, seen, endpoint):
    client.force_login(make_user(role))
    rows = client.get(f"/admin/api/main/{endpoint}/").json()["items"]
    assert {row["title"] for row in rows} == seen
