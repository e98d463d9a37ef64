from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker
from wagtail.models import Page, Site

from home.models import HomePage, PracticeSettings
from tests import databases
from tests.factories.home import HomePageFactory
from tests.factories.therapists import TherapistIndexPageFactory
from therapies.enums import TherapyFamily
from therapies.models import ConcernIndexPage, ConcernPage, TherapyIndexPage, TherapyPage
from therapists.models import TherapistIndexPage


def _make_practice() -> None:
    home = HomePageFactory(parent=Page.objects.get(depth=1), slug="home-of-therapists")
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "testserver", "root_page": home}
    )
    therapies = home.add_child(instance=TherapyIndexPage(title="Therapies", slug="therapies"))
    concerns = home.add_child(instance=ConcernIndexPage(title="Concerns", slug="concerns"))
    TherapistIndexPageFactory(parent=home)
    for therapy in (
        TherapyPage(title="Interpersonal therapy", slug="ipt", family=TherapyFamily.INTERPERSONAL),
        TherapyPage(title="Cognitive therapy", slug="cbt", family=TherapyFamily.BEHAVIOURAL),
    ):
        therapies.add_child(instance=therapy)
    for concern in (
        ConcernPage(title="Grief and loss", slug="grief"),
        ConcernPage(title="Panic", slug="panic"),
    ):
        concerns.add_child(instance=concern)


@pytest.fixture(scope="session")
def practice_database(django_db_setup: str, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The name of a copy of the test database that holds the practice."""
    name = f"{django_db_setup}_practice"
    with django_db_blocker.unblock():
        databases.copy(django_db_setup, name)
        with databases.using(name):
            _make_practice()
    yield name
    with django_db_blocker.unblock():
        databases.drop(name)


@pytest.fixture(scope="package", autouse=True)
def _in_the_practice(request: pytest.FixtureRequest, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """All tests of therapists find the practice in their database, where any of them wants a database."""
    if not any(_wants_database(item) for item in request.session.items):
        yield
        return
    name = request.getfixturevalue("practice_database")
    usual = connection.settings_dict["NAME"]
    with django_db_blocker.unblock():
        databases.lead_to(name)
    yield
    with django_db_blocker.unblock():
        databases.lead_to(usual)


def _wants_database(item: pytest.Item) -> bool:
    return "db" in getattr(item, "fixturenames", ()) or item.get_closest_marker("django_db") is not None


@pytest.fixture
def practice(db: None) -> SimpleNamespace:
    """A site with a directory, two therapies and two concerns."""
    Site.clear_site_root_paths_cache()  # another test's sites may be remembered, that were rolled back
    therapies = {therapy.slug: therapy for therapy in TherapyPage.objects.all()}
    concerns = {concern.slug: concern for concern in ConcernPage.objects.all()}
    return SimpleNamespace(
        home=HomePage.objects.get(),
        directory=TherapistIndexPage.objects.get(),
        ipt=therapies["ipt"],
        cbt=therapies["cbt"],
        grief=concerns["grief"],
        panic=concerns["panic"],
    )


@pytest.fixture
def committed(own_database, transactional_db) -> ConcernPage:
    home = Page.objects.get(depth=1).add_child(
        instance=HomePage(title="Home", slug="committed", heading="Home")
    )
    concerns = home.add_child(instance=ConcernIndexPage(title="Concerns", slug="concerns"))
    site = Site.objects.get(is_default_site=True)
    site.root_page = home
    site.save()
    PracticeSettings.objects.create(
        site=site, practice_name="The Practice", enquiries_email="team@practice.example"
    )
    return concerns.add_child(instance=ConcernPage(title="Grief", slug="grief"))
