"""Brings a folder of content files into a site: all of it, or nothing."""

import re
import tomllib
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from wagtail.models import Page
from wagtail.signals import page_published

from core.admin.page_warnings import warnings_about
from home.models import HomePage
from new_practice.exporting.picture_files import NoPictures, PictureFiles
from new_practice.exporting.records import content_records
from new_practice.exporting.stream_values import ContentReader
from new_practice.loading.content_files import ContentFolder, Record
from new_practice.loading.content_problems import (
    ContentError,
    KeyPath,
    Problem,
    line_of,
    place_in_words,
    problem,
)
from new_practice.loading.fixed_pages import create_info_page_drafts, publish_info_pages
from new_practice.loading.library import load_library
from new_practice.loading.record_shapes import FILES, FOLDERS, Shape, errors_of_shape
from new_practice.loading.snippets import build_dimensions
from new_practice.loading.stream_content import ContentWriter
from new_practice.loading.therapists import build_therapists
from therapies.models import ConcernIndexPage, TherapyIndexPage
from therapists.models import TherapistIndexPage

LONGEST_SHOWN = 60


@dataclass(frozen=True)
class ContentChange:
    """Its text is what a person reads: `therapies/x.toml:12: family: “a” → “b”`."""

    file: str
    line: int
    at: KeyPath = ()
    old: Any = None
    new: Any = None
    is_new_page: bool = False

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {'new' if self.is_new_page else self.words}"

    @property
    def words(self) -> str:
        return f"{place_in_words(self.at)}: {in_short(self.old)} → {in_short(self.new)}"


@dataclass(frozen=True)
class ImportResult:
    """What an import changes, or would: or what is wrong, and then nothing was changed.

    `doubts` are what an editor is told who publishes these words in the admin. They refuse nothing.
    """

    changes: list[ContentChange]
    problems: list[Problem]
    doubts: list[str]


class _RolledBackError(Exception):
    pass


def import_folder(
    home: HomePage,
    folder: Path,
    *,
    as_drafts: bool = False,
    dry_run: bool = False,
    with_pictures: bool = True,
    by: User | None = None,
) -> ImportResult:
    """Bring the site below a front page in line with a folder of files. What has no file is left alone.

    Without pictures each page keeps those that it has. `by` is who is named in the history.
    """
    problems = sorted(_problems_of_files(folder))
    if problems:
        return ImportResult([], problems, [])
    content = ContentFolder(
        folder,
        is_unsigned=as_drafts,
        problems=problems,
        uploads=[],
        with_pictures=with_pictures,
        by=by,
    )
    changes: list[ContentChange] = []
    doubts: list[str] = []
    try:
        with transaction.atomic():
            names = {path.relative_to(folder).with_suffix("").as_posix() for path in folder.rglob("*.toml")}
            before = _newest(home, names, with_pictures)
            with doubts_about_what_is_published() as doubts:
                _load(content, home)
            changes = list(_changes(folder, before, _newest(home, names, with_pictures)))
            if problems or dry_run:
                raise _RolledBackError
    except Exception as error:
        for upload in content.uploads or []:
            upload.delete(save=False)
        if not isinstance(error, _RolledBackError):
            raise
    return ImportResult([] if problems else changes, sorted(set(problems)), doubts)


def _load(content: ContentFolder, home: HomePage) -> None:
    therapies = TherapyIndexPage.objects.child_of(home).first()
    concerns = ConcernIndexPage.objects.child_of(home).first()
    therapists = TherapistIndexPage.objects.child_of(home).first()
    if not (therapies and concerns and therapists):
        raise ContentError(
            "The site lacks a list of therapies, of concerns, or of therapists: make it first."
        )
    writer = ContentWriter(home, content)
    build_dimensions(content)
    create_info_page_drafts(content, home)
    load_library(content, therapies, concerns, writer)
    publish_info_pages(content, writer)
    build_therapists(content, content.records("therapists"), therapists)


@contextmanager
def doubts_about_what_is_published() -> Iterator[list[str]]:
    """Give a list that has, at the end, what is doubtful about the pages that were published meanwhile."""
    pages: dict[int, Page] = {}
    doubts: list[str] = []

    def keep(instance: Page, **kwargs: object) -> None:
        pages[instance.pk] = instance

    page_published.connect(keep)
    try:
        yield doubts
    finally:
        page_published.disconnect(keep)
    for page in pages.values():
        doubts += [f"{page.slug}: {sentence}" for sentence in warnings_about(page.specific)]


def _newest(home: HomePage, names: Collection[str], with_pictures: bool) -> dict[str, Record]:
    """Return the records of these names as their editors have them."""
    pictures = PictureFiles() if with_pictures else NoPictures()
    return content_records(home, ContentReader(home, pictures), only=names, newest=True)


def _problems_of_files(folder: Path) -> Iterator[Problem]:
    """Yield what can be said without looking at the site."""
    for path in sorted(folder.rglob("*.toml")):
        name = path.relative_to(folder).as_posix()
        shape = _shape_of(path.relative_to(folder))
        if shape is None:
            known = ", ".join([*(f"{one}/" for one in FOLDERS), *(f"{one}.toml" for one in FILES)])
            yield Problem(name, 1, f"Nothing is kept under this name. There are: {known}.")
            continue
        try:
            text = path.read_bytes().decode()
            record = tomllib.loads(text, parse_float=Decimal)
        except UnicodeDecodeError as error:
            line = path.read_bytes()[: error.start].count(b"\n") + 1
            yield Problem(name, line, "This is not written in UTF-8.")
        except tomllib.TOMLDecodeError as error:
            words, line = _place_of(error)
            yield Problem(name, line, f"This is no TOML: {words}.")
        else:
            yield from (problem(name, text, one) for one in errors_of_shape(shape, record))


def _place_of(error: tomllib.TOMLDecodeError) -> tuple[str, int]:
    """Return what is wrong and its line: before Python 3.14 it stands in the message alone."""
    words, _mark, place = str(error).partition(" (at ")
    number = re.search(r"line (\d+)", place)
    return words, int(number[1]) if number else 1


def _shape_of(path: Path) -> type[Shape] | None:
    match path.parts:
        case [file]:
            return FILES.get(Path(file).stem)
        case [folder, _file]:
            return FOLDERS.get(folder)
        case _:
            return None


def _changes(folder: Path, before: dict[str, Record], after: dict[str, Record]) -> Iterator[ContentChange]:
    for name in sorted(after):
        path = folder / f"{name}.toml"
        text = path.read_text() if path.exists() else ""
        if name not in before:
            yield ContentChange(f"{name}.toml", 1, is_new_page=True)
            continue
        for at, old, new in _differences(before[name], after[name]):
            yield ContentChange(f"{name}.toml", line_of(text, at), at, old, new)


def _differences(old: Any, new: Any, at: KeyPath = ()) -> Iterator[tuple[KeyPath, Any, Any]]:
    if old == new:
        return
    if isinstance(old, dict) and isinstance(new, dict):
        for key in [*old, *(key for key in new if key not in old)]:
            yield from _differences(old.get(key), new.get(key), (*at, key))
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for position, (one, other) in enumerate(zip(old, new, strict=True)):
            yield from _differences(one, other, (*at, position))
    else:
        yield at, old, new


def in_short(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, list) and any(isinstance(one, dict) for one in value):
        return f"{len(value)} entries"
    text = " ".join(str(value).split())
    return f"“{text[:LONGEST_SHOWN]}…”" if len(text) > LONGEST_SHOWN else f"“{text}”"
