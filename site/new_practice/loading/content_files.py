"""Reads content files, and looks up the rows that they name."""

import html
import string
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import transaction
from django.db.models import Model
from django.db.models.fields.files import FieldFile
from wagtail.models import Locale, Page

from new_practice.loading.content_problems import ContentError, KeyPath, Problem, errors_in, problem

Record = dict[str, Any]

#: Keys that name who signed a record off, and when it was.
SIGNATURES = frozenset({"review", "checked_by"})


@dataclass(frozen=True)
class ContentFolder:
    """TOML files, one for each record. `words` are put in where a text says `$name`."""

    path: Path
    words: Mapping[str, str] = field(default_factory=dict)
    #: Whether its records are for somebody else to sign: kept as drafts, without the names of those who did.
    is_unsigned: bool = False
    #: Where to write down what is wrong, and go on; without a list the first problem is raised.
    problems: list[Problem] | None = None
    #: Where to write down which files were stored: a rolled back transaction leaves them.
    uploads: list[FieldFile] | None = None
    #: Whether its records say which pictures a page has. Otherwise a page keeps its own.
    with_pictures: bool = True
    #: Who is named in the history of what is stored.
    by: User | None = None

    def record(self, name: str) -> Record:
        """Return one file: `record("settings")` reads `settings.toml`."""
        return self._read(self.path / f"{name}.toml")

    def entries(self, name: str, key: str) -> list[Record]:
        """Return the list under a key of a file, which may be missing."""
        return self.record(name)[key] if self.has(name) else []

    def has(self, name: str) -> bool:
        return (self.path / f"{name}.toml").exists()

    def records(self, folder: str) -> dict[str, Record]:
        """Return the files of a folder by slug, in the order of their names."""
        return {path.stem: self._read(path) for path in sorted((self.path / folder).glob("*.toml"))}

    @contextmanager
    def storing(self, name: str, at: KeyPath = ()) -> Iterator[None]:
        """Store one record wholly or not at all. What is wrong is raised, or written down with its line."""
        try:
            with transaction.atomic():
                yield
        except (ContentError, ValidationError) as error:
            if self.problems is None:
                raise
            found = [error] if isinstance(error, ContentError) else errors_in(error)
            text = (self.path / f"{name}.toml").read_text()
            for one in found:
                placed = ContentError(one.words, (*at, *one.at), one.value)
                self.problems.append(problem(f"{name}.toml", text, placed))

    def _read(self, path: Path) -> Record:
        return self._filled_in(tomllib.loads(path.read_text(), parse_float=Decimal))

    def _filled_in(self, value: Any) -> Any:
        match value:
            case str():
                return put_in(value, self.words) if self.words else value
            case list():
                return [self._filled_in(inner) for inner in value]
            case dict():
                left_out = SIGNATURES if self.is_unsigned else ()
                return {key: self._filled_in(inner) for key, inner in value.items() if key not in left_out}
            case _:
                return value


def put_in(text: str, words: Mapping[str, str]) -> str:
    """Return the text with its `$names` replaced: escaped where it begins with a tag, because it is HTML."""
    if text.lstrip().startswith("<"):
        words = {name: html.escape(word) for name, word in words.items()}
    return string.Template(text).substitute(words)


def named[M: Model](kind: type[M], **name: str) -> M:
    """Return the row of this name: `named(Reference, key="nice-ng222")`. Raise ContentError for none."""
    rows = kind._default_manager.all()
    if issubclass(kind, Page):  # translations have the same slugs
        rows = rows.filter(locale=Locale.get_default())
    try:
        return rows.get(**name)
    except ObjectDoesNotExist:
        [value] = name.values()
        words = f"No {kind._meta.verbose_name} is named “{value}”."
        raise ContentError(words, value=f'"{value}"') from None
