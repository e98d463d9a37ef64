"""The databases of the tests: what takes long to make is made once, kept, and copied in a moment.

Two are kept on the server, each under a name that says what it was made of: one after all migrations, and one
with the demo site in it. `pytest --create-db` makes both anew.
"""

import hashlib
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.test import Client, override_settings
from django.utils import timezone
from wagtail.models import Page

from core.models import PracticeImage
from core.visibility import public
from tests.epochs import known_epoch

CODE = [settings.ROOT / name for name in ("home", "search", "site", "therapies", "therapists")]
LOCK = settings.ROOT / "uv.lock"
#: The pictures of the kept demo, which a database does not hold.
MEDIA = settings.ROOT / ".local" / "test-media"
#: Any number will do that no one else on the server locks.
BUILDERS_LOCK = 20_261_127
#: As many as a list of the API gives.
PICTURES_AT_ONCE = 50


def migrated() -> str:
    """Return the name of a database that holds what the migrations make, and nothing else."""
    # A field says of which type its column is, and triggers are made after the migrations.
    wanted = ("migrations/*.py", "fields.py", "content_triggers.py")
    files = [path for folder in CODE for pattern in wanted for path in folder.rglob(pattern)]
    return _kept("migrated", _version(files), _migrate, like="template1")


def with_demo() -> str:
    """Return the name of a database that holds the demo site as it is built today, and bring its pictures."""
    files = [path for folder in CODE for path in folder.rglob("*.*") if path.suffix != ".pyc"]
    version = _version(files, str(timezone.localdate()))
    media = MEDIA / version
    name = _kept("demo", version, lambda: _load_demo(media), like=migrated())
    shutil.copytree(media, settings.MEDIA_ROOT, dirs_exist_ok=True)
    return name


def forget() -> None:
    """Drop what is kept, so that it is made anew."""
    with _alone():
        _drop_kept("migrated")
        _drop_kept("demo")


def copy(source: str, name: str) -> None:
    """Make a database like another, to which nobody may be connected.

    Its files are copied as they are: to write each page to the log as well takes twice as long.
    """
    with _server() as cursor:
        cursor.execute(_drop_statement(name))
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{source}" STRATEGY FILE_COPY')


def drop(name: str) -> None:
    with _server() as cursor:
        cursor.execute(_drop_statement(name))


def exists(name: str) -> bool:
    return bool(_names(name))


def rename(name: str, new: str) -> None:
    with _server() as cursor:
        cursor.execute(f'ALTER DATABASE "{name}" RENAME TO "{new}"')


def lead_to(name: str) -> None:
    """Make every connection that Django opens from now on, in any thread, lead to this database.

    What was remembered of the other one, such as where its sites begin, does not hold in this one.
    """
    connection.close()
    connection.settings_dict["NAME"] = name
    cache.clear()


@contextmanager
def using(name: str) -> Iterator[None]:
    """Lead to this database for a while."""
    usual = connection.settings_dict["NAME"]
    lead_to(name)
    try:
        yield
    finally:
        lead_to(usual)


def _drop_statement(name: str) -> str:
    return f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'


@contextmanager
def _server() -> Iterator[CursorWrapper]:
    connection.close()
    with connection._nodb_cursor() as cursor:
        yield cursor


@contextmanager
def _alone() -> Iterator[None]:
    """Several workers want the same at the same moment: one of them makes it, and the others wait for it."""
    with _server() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [BUILDERS_LOCK])
        yield


def _kept(kind: str, version: str, fill: Callable[[], None], *, like: str) -> str:
    """Return the name of the database of this kind and version, made now if it is not there."""
    name = f"{_prefix(kind)}{version}"
    with _alone():
        if not _names(name):
            _drop_kept(kind)
            unfinished = _prefix("unfinished")
            copy(like, unfinished)
            with using(unfinished):
                fill()
            rename(unfinished, name)
    return name


def _migrate() -> None:
    call_command("migrate", verbosity=0, interactive=False)


def _load_demo(media: Path) -> None:
    shutil.rmtree(MEDIA, ignore_errors=True)
    with override_settings(MEDIA_ROOT=str(media)):
        call_command("load_demo", verbosity=0)
        _show_every_picture()


def _show_every_picture() -> None:
    """Have all pictures made in their sizes, of pages and of the API: each copy would make them again."""
    pages = [page.get_url() for page in public(Page.objects.filter(depth__gt=1)).specific()]
    lists = [
        f"/api/v2/images/?fields=*&limit={PICTURES_AT_ONCE}&offset={first}"
        for first in range(0, PracticeImage.objects.count(), PICTURES_AT_ONCE)
    ]
    with known_epoch():
        for address in [*pages, *lists]:
            answer = Client().get(address, headers={"host": "localhost"})
            assert answer.status_code == HTTPStatus.OK, address


def _drop_kept(kind: str) -> None:
    for name in _names(f"{_prefix(kind)}%"):
        drop(name)


def _names(pattern: str) -> list[str]:
    with _server() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [pattern])
        return [name for (name,) in cursor.fetchall()]


def _prefix(kind: str) -> str:
    return f"kept_for_tests_{kind}_"


def _version(files: list[Path], *more: str) -> str:
    digest = hashlib.sha256(repr((sys.version, *more)).encode())
    for path in sorted([*files, LOCK]):
        digest.update(str(path).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
