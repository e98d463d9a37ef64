"""Databases that hold the demo site: one made for a session, and copies of it that take a moment each."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from demo.builder.files import fingerprint
from demo.models import ContentLoad


def build(name: str, *, may_reuse: bool) -> None:
    """Make a database with the demo site in it, as a copy of the empty test database."""
    if may_reuse and _is_fresh(name):
        return
    copy(connection.settings_dict["NAME"], name)
    with using(name):
        call_command("load_demo", verbosity=0)


def copy(source: str, name: str) -> None:
    """PostgreSQL copies files, which is far quicker than loading; nobody may be connected to the source."""
    drop(name)
    with _server() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{source}"')


def drop(name: str) -> None:
    connection.close()
    with _server() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@contextmanager
def using(name: str) -> Iterator[None]:
    """Every connection that Django opens meanwhile, in any thread, leads to this database."""
    usual = connection.settings_dict["NAME"]
    _lead_to(name)
    try:
        yield
    finally:
        _lead_to(usual)


def _lead_to(name: str) -> None:
    """What was remembered of the other database, such as where its sites begin, does not hold in this one."""
    connection.close()
    connection.settings_dict["NAME"] = name
    cache.clear()


@contextmanager
def _server() -> Iterator[object]:
    connection.close()
    with connection._nodb_cursor() as cursor:
        yield cursor


def _is_fresh(name: str) -> bool:
    with _server() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if not cursor.fetchone():
            return False
    with using(name):
        load = ContentLoad.objects.order_by("loaded_at").last()
    return (
        load is not None
        and load.fingerprint == fingerprint()
        and timezone.localdate(load.loaded_at) == timezone.localdate()
    )
