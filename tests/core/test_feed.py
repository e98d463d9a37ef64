"""The feed of new and reviewed articles."""

from datetime import UTC, date, datetime
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from core.models import Reviewer
from home.models import HomePage
from tests.factories.home import InfoPageFactory, ReviewerFactory, make_site
from tests.factories.therapies import ConcernPageFactory, TherapyPageFactory

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
JANUARY, MARCH = datetime(2026, 1, 5, 9, tzinfo=UTC), datetime(2026, 3, 5, 9, tzinfo=UTC)


@pytest.fixture
def home() -> HomePage:
    return make_site()


@pytest.fixture
def reviewer() -> Reviewer:
    return ReviewerFactory()


def entries(client: Client) -> list[ElementTree.Element]:
    response = client.get("/feed/")
    assert response.headers["Content-Type"].startswith("application/atom+xml")
    return ElementTree.fromstring(response.content).findall(f"{ATOM}entry")


def titles(client: Client) -> list[str | None]:
    return [entry.findtext(f"{ATOM}title") for entry in entries(client)]


def test_newest_and_newly_reviewed_come_first(client: Client, home: HomePage, reviewer: Reviewer) -> None:
    TherapyPageFactory(parent=home, title="Old", first_published_at=JANUARY)
    ConcernPageFactory(parent=home, title="New", first_published_at=MARCH)
    read_again = {"last_reviewed": date(2026, 4, 2), "reviewer": reviewer}
    TherapyPageFactory(parent=home, title="Read again", first_published_at=JANUARY, **read_again)
    assert titles(client) == ["Read again", "New", "Old"]


def test_entry_leads_to_its_page_and_keeps_its_name_when_the_page_moves(
    client: Client, home: HomePage
) -> None:
    page = TherapyPageFactory(
        parent=home, slug="ipt", summary="About relationships.", first_published_at=JANUARY
    )
    [entry] = entries(client)
    assert entry.find(f"{ATOM}link").get("href") == "http://testserver/ipt/"
    assert entry.findtext(f"{ATOM}summary") == "About relationships."
    assert entry.find(f"{ATOM}category").get("term") == "Therapy"
    page.slug = "interpersonal"
    page.save()
    [moved] = entries(client)
    assert moved.find(f"{ATOM}link").get("href") == "http://testserver/interpersonal/"
    assert moved.findtext(f"{ATOM}id") == entry.findtext(f"{ATOM}id")


def test_what_is_not_public_is_not_told(client: Client, home: HomePage) -> None:
    published = {"first_published_at": JANUARY}
    TherapyPageFactory(parent=home, live=False, **published)
    TherapyPageFactory(parent=home, expire_at=timezone.now(), **published)
    private = TherapyPageFactory(parent=home, **published)
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    InfoPageFactory(parent=home, **published)  # public, and no article
    assert entries(client) == []


def test_twenty_are_enough_and_cost_no_more_than_one(client: Client, home: HomePage) -> None:
    TherapyPageFactory(parent=home, first_published_at=JANUARY)
    entries(client)
    with CaptureQueriesContext(connection) as for_one:
        entries(client)
    for _ in range(21):
        TherapyPageFactory(parent=home, first_published_at=JANUARY)
    with CaptureQueriesContext(connection) as for_many:
        assert len(entries(client)) == 20
    assert len(for_many) == len(for_one)


def test_pages_name_the_feed(client: Client, home: HomePage) -> None:
    assert 'type="application/atom+xml"' in client.get("/").content.decode()
