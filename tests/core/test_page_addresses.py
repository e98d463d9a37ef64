"""Addresses made from titles in any script, on every page type and for editors without scripts."""

from contextlib import suppress

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from core.content_api.representation.page_types import page_types
from core.models.page_addresses import LONGEST, slug_of
from home.models import HomePage, InfoPage
from tests.factories.home import make_site

pytestmark = pytest.mark.django_db

TITLES = {
    "焦虑与抑郁": "jiaoluyuyiyu",
    "القلق": "lqlq",
    "ความวิตกกังวล": "khwamwitkkangwl",
    "不安について": "buannitsuite",
    "चिंता": "cimta",
    "Größe und Ängste": "grosse-und-angste",
    "—": "page",
}


def test_every_page_type_has_an_address_whatever_its_title(client: Client) -> None:
    home = make_site()
    types = [page_type for page_type in page_types() if page_type is not HomePage]
    for page_type in types:
        page = page_type(title="焦虑", live=False)
        page._cached_parent_obj = home
        with suppress(ValidationError):  # of what else it needs
            page.full_clean()
        assert page.slug == "jiaolu", page_type
    shown = home.add_child(instance=InfoPage(title="القلق"))
    assert "القلق" in client.get(shown.url).content.decode()


def test_titles_become_addresses() -> None:
    home = make_site()
    for title, slug in TITLES.items():
        assert home.add_child(instance=InfoPage(title=title)).slug == slug
    assert home.add_child(instance=InfoPage(title="—")).slug == "page-2"
    assert len(slug_of("焦" * 255)) == LONGEST


@pytest.mark.parametrize("action", ["save draft", "publish"])
def test_an_editor_without_scripts_leaves_the_address_empty(admin_client: Client, action: str) -> None:
    home = make_site()
    sent = {"title": "焦虑", "slug": "", "body-count": "0", "comments": inline_formset([]), "other_words": ""}
    if action == "publish":
        sent["action-publish"] = "Publish"
    address = reverse("wagtailadmin_pages:add", args=["home", "infopage", home.pk])
    answer = admin_client.post(address, nested_form_data(sent), follow=True)
    assert InfoPage.objects.filter(slug="jiaolu").exists(), answer.context["form"].errors


def test_an_address_that_is_emptied_stays(admin_client: Client) -> None:
    page = make_site().add_child(instance=InfoPage(title="Fees", slug="what-it-costs"))
    sent = {
        "title": "Prices",
        "slug": "",
        "body-count": "0",
        "comments": inline_formset([]),
        "other_words": "",
    }
    admin_client.post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        nested_form_data(sent | {"comments": inline_formset([]), "action-publish": "Publish"}),
    )
    page.refresh_from_db()
    assert (page.title, page.slug) == ("Prices", "what-it-costs")
