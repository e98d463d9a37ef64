"""Fixtures that every app's tests share."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import connection
from django.test import override_settings
from hypothesis import HealthCheck
from hypothesis import settings as property_settings
from pytest_django.plugin import DjangoDbBlocker
from wagtail.models import Locale, Site

from tests import demo_database
from tests.two_languages import TwoLanguages, make_two_languages, speaking_welsh

# How long a busy machine takes to draw an example says nothing about the code.
property_settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
property_settings.load_profile("any machine")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever shows the demo site needs the test database, which is made only where a test is marked.

    Without it the developer's own database would be copied.
    """
    for item in items:
        if "demo_template" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.django_db)


@pytest.fixture(scope="session")
def demo_template(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[str]:
    """The name of a database with the demo site, built once by each worker."""
    name = f"{connection.settings_dict['NAME']}_demo"
    is_kept = request.config.getoption("reuse_db")
    # A database that is kept needs its pictures kept too.
    media = settings.ROOT / ".local" / "test-media" / name if is_kept else settings.MEDIA_ROOT
    with override_settings(MEDIA_ROOT=str(media)), django_db_blocker.unblock():
        demo_database.build(name, may_reuse=is_kept)
        yield name
        if not is_kept:
            demo_database.drop(name)


@pytest.fixture(scope="module")
def demo_site(demo_template: str, django_db_blocker: DjangoDbBlocker) -> Iterator[Site]:
    """The demo site, in a database of this module's own.

    Tests still ask for `db`, and are rolled back as usual; a live server may write for good, because the
    copy is thrown away after the module. Put tests that want an empty database in another module.
    """
    name = f"{demo_template}_copy"
    with django_db_blocker.unblock():
        demo_database.copy(demo_template, name)
        with demo_database.using(name):
            yield Site.objects.get(is_default_site=True)
        demo_database.drop(name)


@pytest.fixture
def own_database(django_db_setup, django_db_blocker) -> Iterator[None]:
    """A copy of the test database, thrown away after the test: what it holds is committed for good."""
    with django_db_blocker.unblock():
        name = f"{connection.settings_dict['NAME']}_committed"
        demo_database.copy(connection.settings_dict["NAME"], name)
        with demo_database.using(name):
            yield
        demo_database.drop(name)


@pytest.fixture
def welsh(db: None) -> Iterator[Locale]:
    with speaking_welsh():
        yield Locale.objects.create(language_code="cy")


@pytest.fixture
def two(welsh: Locale) -> TwoLanguages:
    """Two pages in two languages."""
    return make_two_languages(welsh)
