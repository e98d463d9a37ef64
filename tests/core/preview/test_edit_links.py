"""A preview says of each field and block where it is edited. What visitors and front ends read does not."""

import re

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.urls import reverse
from wagtail.models import Page

from core.preview.edit_links import FRAGMENT
from home.models import InfoPage
from tests.core.preview.conftest import MODE, latest_draft, panel_of_new, type_in
from tests.core.preview.test_drafts import info_form
from tests.factories.home import InfoPageFactory
from tests.factories.secrets import make_secrets
from tests.factories.therapies import ComparisonPageFactory
from therapies.models import TherapyPage

BODY = [
    ("heading", "What it costs"),
    ("paragraph", "<p>From sixty pounds.</p>"),
    ("callout", {"tone": "note", "heading": "Free", "text": "<p>The first time.</p>"}),
    ("figure", {"image": None, "caption": ""}),
]


@pytest.fixture
def fees(home):
    return InfoPageFactory(parent=home, title="Fees", slug="fees", summary="What a session costs.", body=BODY)


def editor_of(page):
    return f"http://testserver{reverse('wagtailadmin_pages:edit', args=[page.pk])}"


def own_preview(desk, page):
    return desk.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))


def test_a_front_end_is_told_where_each_field_and_block_is_edited(desk, read, fees):
    answer = read(latest_draft(desk, fees))

    start = f"{editor_of(fees)}{FRAGMENT}"
    assert answer["meta"]["edit_urls"]["title"] == f"{start}title"
    assert answer["meta"]["edit_urls"]["summary"] == f"{start}summary"
    assert [block["edit_url"] for block in answer["body"]] == [
        f"{start}body.{block.id}" for block in fees.body
    ]


def test_the_sites_own_preview_marks_them(desk, fees):
    html = BeautifulSoup(own_preview(desk, fees).content, "html.parser")

    start = f"{editor_of(fees)}{FRAGMENT}"
    marked = {element["data-edit-url"]: element for element in html.find_all(attrs={"data-edit-url": True})}
    assert marked[f"{start}title"].name == "h1"
    heading, paragraph, callout, figure = (f"{start}body.{block.id}" for block in fees.body)
    assert marked[heading].get_text() == "What it costs"
    assert marked[paragraph].get_text(strip=True) == "From sixty pounds."
    assert marked[callout]["class"] == ["callout", "callout--note"]
    assert figure not in marked  # it shows nothing
    assert html.find(attrs={"data-edit-links": True})


def test_what_is_public_does_not_have_them(client, desk, fees):
    own_preview(desk, fees)
    latest_draft(desk, fees)

    for address in (f"/api/v2/pages/{fees.pk}/", "/fees/"):
        text = client.get(address).content.decode()
        assert "edit_url" not in text
        assert "edit-" not in text
        assert FRAGMENT not in text


def test_a_page_that_was_never_saved_has_no_editor_of_its_own(desk, read, home):
    answer = read(type_in(desk, panel_of_new(InfoPage, home), info_form(title="Brand new", slug="new")))

    assert answer["meta"]["edit_urls"]["title"] == f"{FRAGMENT}title"


def test_each_address_leads_to_a_field_of_the_editor(read, client, db):
    make_secrets()
    first, second = TherapyPage.objects.filter(slug__in=["open-therapy", "other-therapy"])
    ComparisonPageFactory(parent=first.get_parent(), first=first, second=second)
    client.force_login(User.objects.create_superuser("all"))
    seen = set()
    for page in Page.objects.filter(depth__gt=1).specific():
        if type(page) in seen:
            continue
        seen.add(type(page))
        marked = set(re.findall(r'data-edit-url="([^"]*)"', own_preview(client, page).content.decode()))
        if MODE["mode"] in dict(page.preview_modes):
            marked |= set(read(latest_draft(client, page))["meta"]["edit_urls"].values())
        start = f"{editor_of(page)}{FRAGMENT}"
        names = {address.removeprefix(start).partition(".")[0] for address in marked}
        editor = client.get(editor_of(page)).content.decode()
        assert names - set(re.findall(r'data-contentpath="(\w+)"', editor)) == set(), type(page)
    assert len(seen) > 8
