"""Which front end shows what, and what changes in the admin because of it."""

import pytest
from django.core.checks import run_checks
from django.test import Client
from django.urls import reverse
from wagtail.models import Site

from core.preview.front_end_preview import FRONT_END_MODE
from core.preview.front_ends import FrontEnd, front_end_of
from home.models import InfoPage
from tests.core.preview.conftest import FRONT_END, panel_of_new
from tests.core.preview.test_drafts import info_form
from tests.factories.home import InfoPageFactory


@pytest.fixture
def fees(home):
    return InfoPageFactory(parent=home, title="Fees", slug="fees")


def directives(response):
    return dict(rule.strip().split(" ", 1) for rule in response["Content-Security-Policy"].split(";"))


def edit(desk, page):
    return desk.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))


@pytest.mark.guide(
    "If the practice shows its pages in another front end too, the side panel Preview offers In the front "
    "end.",
)
def test_the_editor_offers_the_front_end_after_the_site(desk, fees):
    text = edit(desk, fees).content.decode()

    assert '<option value="" selected>On this site</option>' in text
    assert '<option value="front-end">In the front end</option>' in text


def test_only_the_admin_may_frame_the_front_end(desk, fees):
    assert directives(edit(desk, fees))["frame-src"] == f"'self' {FRONT_END}"
    assert directives(desk.get("/fees/"))["frame-src"] == "'self'"


def test_without_the_setting_nothing_changes(editor, fees, settings, client):
    settings.HEADLESS_PREVIEW_URLS = []
    desk = Client()
    desk.force_login(editor)

    assert FRONT_END_MODE not in dict(InfoPage().preview_modes)
    response = edit(desk, fees)
    assert "front-end" not in response.content.decode()
    assert directives(response)["frame-src"] == "'self'"
    draft = desk.get(reverse("wagtailadmin_pages:view_draft", args=[fees.pk]), {"mode": "front-end"})
    assert (draft.status_code, "Fees" in draft.content.decode()) == (200, True)
    assert client.get(reverse("front_end_userbar")).status_code == 404


def test_each_site_may_have_a_front_end_of_its_own(home, fees, settings):
    settings.HEADLESS_PREVIEW_URLS = ["https://any.example/", "testserver=https://own.example/?lang=en"]

    own = front_end_of(fees)

    assert own.origin == "https://own.example"
    assert own.address({"token": "a:b"}) == "https://own.example/?lang=en&token=a%3Ab"
    site = Site.objects.get()
    site.hostname = "elsewhere"
    site.save()
    assert front_end_of(InfoPage.objects.get(pk=fees.pk)).origin == "https://any.example"


def test_a_site_without_a_front_end_offers_none(desk, home, fees, settings):
    settings.HEADLESS_PREVIEW_URLS = ["other.example=https://own.example/"]
    unsaved = panel_of_new(InfoPage, home)

    assert "front-end" not in edit(desk, fees).content.decode()
    assert desk.post(unsaved, info_form(slug="new")).json()["is_valid"]
    assert desk.get(unsaved, {"mode": "front-end"}).context["page"].slug == "new"


@pytest.mark.parametrize(
    ("entries", "told"),
    [
        (["https://app.example/preview#", "www.example.org=http://localhost:3000/?x=1"], []),
        (["app.example/preview"], ["preview.E001"]),
        (["javascript:alert(1)"], ["preview.E001"]),
        (["www.example.org=ftp://app.example/"], ["preview.E001"]),
        (["https://one.example/", "https://two.example/"], ["preview.E002"]),
    ],
)
def test_a_mistake_in_the_setting_is_told_at_the_start(settings, entries, told):
    settings.HEADLESS_PREVIEW_URLS = entries

    assert [message.id for message in run_checks() if message.id.startswith("preview.")] == told


def test_an_entry_is_read_with_or_without_a_host():
    assert FrontEnd.from_setting("www.example.org=https://app.example/") == FrontEnd(
        "www.example.org", "https://app.example/"
    )
    assert FrontEnd.from_setting("https://app.example/?a=b") == FrontEnd("", "https://app.example/?a=b")
