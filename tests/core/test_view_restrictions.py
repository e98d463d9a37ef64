"""Who must log in for a page on the site finds it neither in the API, nor in search, nor in the sitemap."""

import pytest
from wagtail.models import Page, PageViewRestriction

from core.visibility import is_public
from tests.factories.home import InfoPageFactory, make_site

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    return make_site()


def restrict(page):
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def assert_everyone_agrees(client, home):
    """What the site shows to anyone is public, and what it asks a log-in for is not."""
    listed = {row["id"] for row in client.get("/api/v2/pages/?limit=50").json()["items"]}
    told = client.get("/sitemap.xml").content.decode()
    for page in home.get_descendants(inclusive=True).specific():
        is_shown = client.get(page.url).status_code == 200
        assert is_public(page) == is_shown, page
        assert (page.pk in listed) == is_shown, page
        # Search engines are told of the same words once.
        assert (f"{page.full_url}</loc>" in told) == (is_shown and page.alias_of_id is None), page
        assert Page.get_view_restrictions(page).exists() != is_shown, page


@pytest.mark.parametrize("is_restricted_first", [True, False])
def test_an_alias_asks_for_what_its_original_asks_for(client, home, is_restricted_first):
    original = InfoPageFactory(parent=home)
    if is_restricted_first:
        restrict(original)
    alias = original.create_alias(update_slug="again")
    alias.create_alias(update_slug="once-more")
    if not is_restricted_first:
        restrict(original)
    assert_everyone_agrees(client, home)
    assert client.get(alias.url).status_code == 302


def test_pages_below_an_alias_ask_for_it_too_and_those_below_only_the_original_do_not(client, home):
    section = InfoPageFactory(parent=home)
    fees = InfoPageFactory(parent=section)
    elsewhere = fees.create_alias(parent=home, update_slug="elsewhere")
    copied = section.create_alias(update_slug="again", recursive=True)
    restrict(section)
    assert_everyone_agrees(client, home)
    assert client.get(copied.get_children().get().url).status_code == 302
    assert client.get(elsewhere.url).status_code == 200


def test_a_restriction_that_is_lifted_holds_no_more(client, home):
    original = InfoPageFactory(parent=home)
    original.create_alias(update_slug="again")
    restrict(original)
    PageViewRestriction.objects.all().delete()
    assert_everyone_agrees(client, home)
