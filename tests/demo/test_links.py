"""Every link, fragment and file that the demo's pages name, followed as a crawler would."""

import re

import pytest
from wagtail.models import Page

from core.visibility import public
from tests.demo.reader import Reader
from tests.link_crawl import Crawl


@pytest.fixture
def crawl(reader: Reader) -> Crawl:
    sitemap = reader.read("/sitemap.xml").html
    crawl = Crawl(reader)
    crawl.run("/", "/robots.txt", "/search/?query=panic", *re.findall(r"<loc>([^<]+)</loc>", sitemap))
    return crawl


def test_every_link_leads_somewhere_and_none_to_what_is_not_public(crawl: Crawl) -> None:
    assert crawl.broken == []
    hidden = Page.objects.filter(depth__gt=1).exclude(pk__in=public(Page.objects.all()).values("pk"))
    assert {page.get_url() for page in hidden} & crawl.seen == set()
    assert {
        "/therapies/interpersonal-therapy/",
        "/therapies/compare/dit-vs-ipt/",
        "/get-help-now/",
    } <= crawl.seen
