"""What a shared link shows, and the pictures that are drawn for it."""

import re
from datetime import timedelta
from http import HTTPStatus
from io import BytesIO
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image
from wagtail.models import Collection, CollectionViewRestriction, Locale, PageViewRestriction

from core.seo.drawing import SIZE, draw_card
from core.seo.share_card import card_of, words_of
from home.models import HomePage, PracticeSettings
from tests.factories.home import InfoPageFactory, PracticeImageFactory, make_site

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> HomePage:
    return make_site()


def shared(client: Client, path: str) -> dict[str, str]:
    soup = BeautifulSoup(client.get(path).content, "html.parser")
    return {tag["property"]: tag["content"] for tag in soup.select("meta[property^='og:']")}


def picture(client: Client, card: dict[str, str]) -> Any:
    return client.get(card["og:image"].removeprefix("http://testserver"))


def test_link_to_a_page_says_what_it_is_and_shows_a_drawn_picture(client: Client, home: HomePage) -> None:
    InfoPageFactory(parent=home, title="Fees", slug="fees", summary="What a session costs.")
    card = shared(client, "/fees/")
    assert card["og:title"] == "Fees"
    assert card["og:description"] == "What a session costs."
    assert card["og:url"] == "http://testserver/fees/"
    assert card["og:locale"] == "en_GB"
    assert card["og:site_name"] == "The practice"
    assert card["og:image:alt"] == "Fees, from The practice"
    response = picture(client, card)
    assert response.headers["Content-Type"] == "image/png"
    assert "immutable" in response.headers["Cache-Control"]
    size = Image.open(BytesIO(response.content)).size
    assert size == (int(card["og:image:width"]), int(card["og:image:height"])) == SIZE


def test_front_page_is_called_by_its_heading_and_without_words_by_the_practices(
    client: Client, home: HomePage
) -> None:
    PracticeSettings.objects.update(strapline="Talking therapy online")
    HomePage.objects.update(summary="")
    card = shared(client, "/")
    assert card["og:title"] == "Someone to talk to"
    assert card["og:description"] == "Talking therapy online"


def test_editors_picture_comes_before_the_drawn_one(client: Client, home: HomePage) -> None:
    InfoPageFactory(parent=home, slug="fees", social_image=PracticeImageFactory())
    card = shared(client, "/fees/")
    assert "/media/images/" in card["og:image"]
    assert card["og:image"].endswith(".jpg")
    assert card["og:image:alt"] == "Two chairs by a window"


def test_picture_that_not_everyone_may_see_is_not_shared(client: Client, home: HomePage) -> None:
    collection = Collection.get_first_root_node().add_child(name="Staff")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    InfoPageFactory(parent=home, slug="fees", social_image=PracticeImageFactory(collection=collection))
    assert "/shared/" in shared(client, "/fees/")["og:image"]


def test_new_title_has_a_new_picture_and_the_old_address_leads_to_it(client: Client, home: HomePage) -> None:
    page = InfoPageFactory(parent=home, title="Fees", slug="fees")
    before = shared(client, "/fees/")
    page.title = "What it costs"
    page.save()
    after = shared(client, "/fees/")
    assert before["og:image"] != after["og:image"]
    response = picture(client, before)
    assert response.status_code == HTTPStatus.FOUND
    assert after["og:image"].endswith(response.headers["Location"])


def test_what_is_not_public_has_no_picture(client: Client, home: HomePage) -> None:
    page = InfoPageFactory(parent=home, slug="fees")
    address = shared(client, "/fees/")
    hide = {
        "draft": {"live": False, "expire_at": None},
        "expired": {"live": True, "expire_at": timezone.now() - timedelta(days=1)},
    }
    for fields in hide.values():
        type(page).objects.filter(pk=page.pk).update(**fields)
        assert picture(client, address).status_code == HTTPStatus.NOT_FOUND
    type(page).objects.filter(pk=page.pk).update(live=True, expire_at=None)
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert picture(client, address).status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize(
    "address",
    [
        "/shared/0-x.png",
        "/shared/99999999999999999999-x.png",
        "/shared/1-x.png",
        "/shared/-1-x.png",
        "/shared/x.png",
    ],
)
def test_no_picture_at_odd_addresses(client: Client, home: HomePage, address: str) -> None:
    assert client.get(address).status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("title", ["", "a", "word " * 60, "m" * 255, "Ünïcödé 🙂 漢字", "line\nbreak\ttab"])
def test_any_title_can_be_drawn(title: str) -> None:
    assert Image.open(BytesIO(draw_card(title, "Therapy", "The practice"))).size == SIZE


def test_drawing_is_light_enough_to_fetch() -> None:
    assert len(draw_card("Dynamic interpersonal therapy for depression", "Therapy", "The practice")) < 60_000


def test_card_asks_the_database_nothing_of_its_own(rf: RequestFactory, home: HomePage) -> None:
    page = InfoPageFactory(parent=home)
    request = rf.get("/")
    words_of(page, request)  # the practice's settings, and below the roots of the sites: read once a request
    page.get_full_url(request)
    with CaptureQueriesContext(connection) as queries:
        card_of(page, request)
    assert len(queries) == 0


def test_page_in_one_language_names_no_other(client: Client, home: HomePage) -> None:
    assert "hreflang" not in client.get("/").content.decode()


def test_page_in_two_languages_names_both_once_both_are_public(
    client: Client, home: HomePage, settings: Any
) -> None:
    settings.WAGTAIL_I18N_ENABLED = True
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = [("en-gb", "English"), ("cy", "Welsh")]
    welsh = home.copy_for_translation(Locale.objects.create(language_code="cy"))
    assert "hreflang" not in client.get("/").content.decode()
    welsh.save_revision().publish()
    html = client.get("/").content.decode()
    assert set(re.findall(r'hreflang="([^"]+)"', html)) == {"en-gb", "cy"}
