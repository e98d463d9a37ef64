"""Fixtures that every app's tests share."""

import gc
import logging
import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import connection
from django.test import TransactionTestCase
from hypothesis import HealthCheck
from hypothesis import settings as property_settings
from pytest_django.live_server_helper import LiveServer
from pytest_django.plugin import DjangoDbBlocker, blocking_manager_key
from wagtail.models import Locale, Site

from tests import databases
from tests.epochs import KnownEpoch, known_epoch
from tests.indexes import switch_references_off, switch_search_off
from tests.kept_renditions import make_each_once
from tests.node_tools import skip_without_tools
from tests.two_languages import WELSH, TwoLanguages, make_two_languages, speaking

# How long a busy machine takes to draw an example says nothing about the code.
property_settings.register_profile(
    "any machine", max_examples=35, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
property_settings.load_profile("any machine")

MAKE_FIRST_DATABASE = "from tests import databases; databases.migrated()"
#: The process that makes it. Nobody waits for it: whoever wants the database waits for its lock.
FIRST_DATABASE = pytest.StashKey[subprocess.Popen]()


def pytest_sessionstart(session: pytest.Session) -> None:
    """With `--create-db`, forget the kept databases before any worker wants them.

    Where there are workers, the first of them is made while they collect the tests.
    """
    if hasattr(session.config, "workerinput"):
        return
    if session.config.getoption("create_db"):
        with session.config.stash[blocking_manager_key].unblock():
            databases.forget()
    if session.config.getoption("numprocesses") and not session.config.option.collectonly:
        session.config.stash[FIRST_DATABASE] = subprocess.Popen(
            [sys.executable, "manage.py", "shell", "--no-imports", "-c", MAKE_FIRST_DATABASE],
            cwd=session.config.rootpath,
            env=os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings.test"},
        )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever shows the demo site needs the test database, which is made only where a test is marked.

    Without it the developer's own database would be copied. Tests that read the whole demo come first, so
    that one process does them all, and reads each page once.
    """
    for item in items:
        skip_without_tools(item)
        fixtures = set(getattr(item, "fixturenames", ()))
        if "demo_template" in fixtures:
            item.add_marker(pytest.mark.django_db)
        if "transactional_db" in fixtures and not fixtures & {"own_database", "demo_template"}:
            raise pytest.UsageError(
                f"{item.nodeid} empties its database: it needs one of its own (own_database)."
            )
        if any(mark.kwargs.get("transaction") for mark in item.iter_markers("django_db")):
            raise pytest.UsageError(
                f"{item.nodeid} empties what comes after it: ask for transactional_db after own_database."
            )
    items.sort(key=lambda item: "reader" not in getattr(item, "fixturenames", ()))


def pytest_collection_finish() -> None:
    """Collect garbage seldom: what was imported stays, and there is much of it to look through each time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown() -> Iterator[None]:
    """Refuse a test that leaves the log at another level: those after it would write all details."""
    yield
    left, usual = logging.getLogger().level, settings.LOGGING["root"]["level"]
    assert logging.getLevelName(left) == usual, "It leaves the log at another level."


@pytest.fixture(scope="session", autouse=True)
def _each_rendition_is_made_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patched:
        make_each_once(patched)
        yield


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_modify_db_settings: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[str]:
    """The name of this worker's test database, a copy of the kept one. In place of pytest-django's."""
    name = connection.creation._get_test_db_name()
    usual = connection.settings_dict["NAME"]
    with django_db_blocker.unblock():
        databases.copy(databases.migrated(), name)
        databases.lead_to(name)
    yield name
    with django_db_blocker.unblock():
        databases.lead_to(usual)
        databases.drop(name)


@pytest.fixture(scope="session")
def demo_template(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The name of this worker's copy of the database with the demo site, to be copied in turn."""
    name = f"{connection.settings_dict['NAME']}_demo"
    with django_db_blocker.unblock():
        databases.copy(databases.with_demo(), name)
    yield name
    with django_db_blocker.unblock():
        databases.drop(name)


@pytest.fixture(scope="module")
def demo_site(demo_template: str, django_db_blocker: DjangoDbBlocker) -> Iterator[Site]:
    """The demo site, in a database of this module's own.

    Tests still ask for `db`, and are rolled back as usual; a live server may write for good, because the
    copy is thrown away after the module. Put tests that want an empty database in another module.
    """
    name = f"{demo_template}_copy"
    with django_db_blocker.unblock():
        databases.copy(demo_template, name)
        with databases.using(name):
            yield Site.objects.get(is_default_site=True)
        databases.drop(name)


@pytest.fixture(scope="module")
def site_url(demo_site: Site, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The address of the demo site, served by a thread of the test process.

    The server writes for real, into the module's own copy of the demo database.
    """
    with django_db_blocker.unblock():
        server = LiveServer("127.0.0.1")
        yield server.url
        server.stop()


@pytest.fixture(scope="module")
def module_database(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A copy of the test database for one module, whose own fixtures of that scope fill it once for all.

    Tests still ask for `db`, and are rolled back as usual.
    """
    name = f"{connection.settings_dict['NAME']}_module"
    with django_db_blocker.unblock():
        databases.copy(connection.settings_dict["NAME"], name)
        with databases.using(name):
            yield
        databases.drop(name)


@pytest.fixture
def own_database(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """A copy of the test database, thrown away after the test: what it holds is committed for good.

    Django would first empty each of its tables, and announce every model once more: as long as many a test.
    """
    monkeypatch.setattr(TransactionTestCase, "_fixture_teardown", lambda _case: None)
    with django_db_blocker.unblock():
        name = f"{connection.settings_dict['NAME']}_committed"
        databases.copy(connection.settings_dict["NAME"], name)
        with databases.using(name):
            yield
        databases.drop(name)


@pytest.fixture
def epoch() -> Iterator[KnownEpoch]:
    """Let answers share the content that they read, as in production, until the test moves the epoch."""
    with known_epoch() as known:
        yield known


@pytest.fixture(autouse=True)
def _index_only_where_it_is_read(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if not {"search_index", "demo_site"} & set(request.fixturenames):
        switch_search_off(monkeypatch)
    if not {"reference_index", "demo_site"} & set(request.fixturenames):
        switch_references_off(monkeypatch)


@pytest.fixture
def search_index() -> None:
    """Let what is stored be found."""


@pytest.fixture
def reference_index() -> None:
    """Let it be known which pages and records use which others."""


@pytest.fixture
def welsh(db: None) -> Iterator[Locale]:
    with speaking(WELSH):
        yield Locale.objects.create(language_code="cy")


@pytest.fixture
def two(welsh: Locale) -> TwoLanguages:
    """Two pages in two languages."""
    return make_two_languages(welsh)
