"""What a shared link shows."""

import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from wagtail.models import Collection, CollectionViewRestriction, Locale

from core.caching.content_memory import answering
from core.seo.publisher import publisher_of
from core.seo.share_card import card_of
from home.models import HomePage, PracticeSettings
from tests.factories.home import InfoPageFactory, PracticeImageFactory, make_site

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> HomePage:
    return make_site()


@pytest.fixture
def private() -> Collection:
    collection = Collection.get_first_root_node().add_child(name="Staff")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    return collection


def shared(client: Client, path: str) -> dict[str, str]:
    soup = BeautifulSoup(client.get(path).content, "html.parser")
    tags = soup.select("meta[property^='og:'], meta[name^='twitter:']")
    return {tag.get("property") or tag["name"]: tag["content"] for tag in tags}


def give_practice_a_picture(**fields: Any) -> None:
    PracticeSettings.objects.update(share_image=PracticeImageFactory(description="The practice", **fields))


def test_link_to_a_page_says_what_it_is(client: Client, home: HomePage) -> None:
    InfoPageFactory(parent=home, title="Fees", slug="fees", summary="What a session costs.")
    card = shared(client, "/fees/")
    assert card["og:title"] == "Fees"
    assert card["og:description"] == "What a session costs."
    assert card["og:url"] == "http://testserver/fees/"
    assert card["og:locale"] == "en_GB"
    assert card["og:site_name"] == "The practice"


def test_page_without_a_picture_shows_the_practices(client: Client, home: HomePage) -> None:
    give_practice_a_picture(file__width=1300, file__height=900)
    InfoPageFactory(parent=home, slug="fees")
    card = shared(client, "/fees/")
    assert card["og:image"].startswith("http://testserver/media/images/")
    assert (card["og:image:width"], card["og:image:height"]) == ("1200", "630")
    assert card["og:image:alt"] == "The practice"
    assert card["twitter:card"] == "summary_large_image"


def test_without_any_picture_none_is_promised(client: Client, home: HomePage) -> None:
    InfoPageFactory(parent=home, slug="fees")
    assert not [name for name in shared(client, "/fees/") if "image" in name or "twitter" in name]


def test_front_page_is_called_by_its_heading_and_without_words_by_the_practices(
    client: Client, home: HomePage
) -> None:
    PracticeSettings.objects.update(strapline="Talking therapy online")
    HomePage.objects.update(summary="")
    card = shared(client, "/")
    assert card["og:title"] == "Someone to talk to"
    assert card["og:description"] == "Talking therapy online"


def test_editors_picture_comes_before_the_practices(client: Client, home: HomePage) -> None:
    give_practice_a_picture()
    InfoPageFactory(parent=home, slug="fees", social_image=PracticeImageFactory())
    card = shared(client, "/fees/")
    assert "/media/images/" in card["og:image"]
    assert card["og:image"].endswith(".jpg")
    assert card["og:image:alt"] == "Two chairs by a window"


def test_picture_that_not_everyone_may_see_is_not_shared(
    client: Client, home: HomePage, private: Collection
) -> None:
    give_practice_a_picture()
    InfoPageFactory(parent=home, slug="fees", social_image=PracticeImageFactory(collection=private))
    assert shared(client, "/fees/")["og:image:alt"] == "The practice"


@pytest.mark.parametrize("is_below", [False, True])
def test_practices_picture_is_not_shared_where_not_everyone_may_see_it(
    client: Client, home: HomePage, private: Collection, is_below: bool
) -> None:
    give_practice_a_picture(collection=private.add_child(name="Below") if is_below else private)
    page = InfoPageFactory(parent=home, slug="fees")
    assert "og:image" not in shared(client, "/fees/")
    assert client.get(f"/api/v2/pages/{page.pk}/").json()["meta"]["seo"]["picture"] is None


def test_picture_whose_file_is_gone_is_not_shared(client: Client, home: HomePage) -> None:
    give_practice_a_picture()
    image = PracticeSettings.objects.get().share_image
    image.file.storage.delete(image.file.name)
    InfoPageFactory(parent=home, slug="fees")
    assert "og:image" not in shared(client, "/fees/")


def test_card_asks_the_database_nothing_of_its_own(rf: RequestFactory, home: HomePage) -> None:
    page = InfoPageFactory(parent=home)
    give_practice_a_picture()
    card_of(page, rf.get("/"))  # makes the picture in its size, which is kept
    request = rf.get("/")
    publisher_of(request)  # the practice's settings, and below the roots of the sites: read once a request
    page.get_full_url(request)
    with answering():
        card_of(page, request)  # which collections are private: read once an answer
        with CaptureQueriesContext(connection) as queries:
            assert card_of(page, request).picture
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
