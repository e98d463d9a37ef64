import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.blocks import CharBlock, ListBlock, StreamBlock, StructBlock
from wagtail.images.blocks import ImageBlock, ImageChooserBlock
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from core.blocks.text_extraction import pictures_in
from core.renditions import LARGEST_FIGURE, SHARED
from tests.factories.home import InfoPageFactory, PracticeImageFactory, make_site
from tests.factories.therapies import ComparisonPageFactory, TherapyIndexPageFactory, TherapyPageFactory

pytestmark = pytest.mark.django_db

STORY = [("paragraph", "<p>How they differ.</p>")]


def test_sitemap_lists_every_public_page_and_no_other(client: Client) -> None:
    home = make_site()
    InfoPageFactory(parent=home, slug="fees")
    InfoPageFactory(parent=home, slug="draft-marker", live=False)
    InfoPageFactory(parent=home, slug="expired-marker", expire_at=timezone.now())
    private = InfoPageFactory(parent=home, slug="private-marker")
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    xml = client.get("/sitemap.xml").content.decode()
    assert "http://testserver/fees/" in xml
    assert "marker" not in xml


def test_robots_are_told_of_the_sitemap_and_kept_from_searches(client: Client) -> None:
    make_site()
    response = client.get("/robots.txt")
    assert response.headers["Content-Type"].startswith("text/plain")
    text = response.content.decode()
    assert "Sitemap: http://testserver/sitemap.xml" in text
    assert "Disallow: /search/" in text


def test_page_is_listed_with_its_picture_and_when_it_changed(client: Client) -> None:
    image = PracticeImageFactory()
    page = InfoPageFactory(parent=make_site(), slug="fees", social_image=image)
    page.save_revision().publish()
    page.refresh_from_db()
    assert "<image:image>" not in client.get("/sitemap.xml").content.decode()
    address = image.get_rendition(SHARED).url
    xml = client.get("/sitemap.xml").content.decode()
    assert f"<image:loc>http://testserver{address}</image:loc>" in xml
    assert page.last_published_at.date().isoformat() in xml


def test_picture_in_an_article_is_listed_once_the_article_was_read(client: Client) -> None:
    image = PracticeImageFactory()
    figure = {"image": {"image": image.pk, "alt_text": "Two chairs"}, "caption": ""}
    InfoPageFactory(parent=make_site(), slug="fees", body=json.dumps([{"type": "figure", "value": figure}]))
    assert "<image:image>" not in client.get("/sitemap.xml").content.decode()
    client.get("/fees/")
    xml = client.get("/sitemap.xml").content.decode()
    assert f"<image:loc>http://testserver{image.get_rendition(LARGEST_FIGURE).url}</image:loc>" in xml


def test_pictures_are_found_in_whatever_block_holds_them() -> None:
    moment = StructBlock([("words", CharBlock()), ("picture", ImageBlock(required=False))])
    stream = StreamBlock([("moments", ListBlock(moment)), ("portrait", ImageChooserBlock())])
    moments = [{"words": "1", "picture": {"image": 3}}, {"words": "2", "picture": None}, {"words": "3"}]
    stored = [
        {"type": "moments", "value": moments},
        {"type": "moments", "value": [{"type": "item", "id": "made-up", "value": {"picture": {"image": 4}}}]},
        {"type": "portrait", "value": 5},
        {"type": "no-longer-offered", "value": {"image": 6}},
    ]

    assert list(pictures_in(stream.to_python(stored))) == [3, 4, 5]


def test_picture_that_asks_for_a_login_is_not_listed(client: Client) -> None:
    collection = Collection.get_first_root_node().add_child(name="Private")
    CollectionViewRestriction.objects.create(
        collection=collection, restriction_type=CollectionViewRestriction.LOGIN
    )
    image = PracticeImageFactory(collection=collection)
    image.get_rendition(SHARED)
    InfoPageFactory(parent=make_site(), social_image=image)
    assert "<image:image>" not in client.get("/sitemap.xml").content.decode()


def test_comparison_is_listed_at_its_canonical_address_only(client: Client) -> None:
    index = TherapyIndexPageFactory(parent=make_site())
    pair = [TherapyPageFactory(parent=index, abbreviation=name) for name in ("IPT", "DIT")]
    ComparisonPageFactory(parent=index, slug="written", first=pair[0], second=pair[1])
    xml = client.get("/sitemap.xml").content.decode()
    assert "http://testserver/therapies/compare/dit-vs-ipt/" in xml
    assert "/therapies/written/" not in xml


def test_number_of_queries_is_the_same_for_many_pages(client: Client) -> None:
    index = TherapyIndexPageFactory(parent=make_site())
    therapies = [TherapyPageFactory(parent=index, social_image=PracticeImageFactory()) for _ in range(4)]
    ComparisonPageFactory(parent=index, first=therapies[0], second=therapies[1], body=STORY)
    client.get("/sitemap.xml")  # the first request fills Wagtail's caches
    with CaptureQueriesContext(connection) as for_few:
        client.get("/sitemap.xml")
    for other in therapies[2:]:
        ComparisonPageFactory(parent=index, first=therapies[0], second=other, body=STORY)
        TherapyPageFactory(parent=index, social_image=PracticeImageFactory())
    with CaptureQueriesContext(connection) as for_many:
        client.get("/sitemap.xml")
    assert len(for_many) == len(for_few)
