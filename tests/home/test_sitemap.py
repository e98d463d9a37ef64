import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction

from tests.factories.home import InfoPageFactory, make_site

pytestmark = pytest.mark.django_db


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
