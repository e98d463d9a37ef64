"""Reads content files, and looks up the rows that they name."""

import html
import string
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Model

Record = dict[str, Any]

#: Keys that name who signed a record off, and when it was.
SIGNATURES = frozenset({"review", "checked_by"})


class ContentError(Exception):
    """A content file names something that does not exist."""


@dataclass(frozen=True)
class ContentFolder:
    """TOML files, one for each record. `words` are put in where a text says `$name`."""

    path: Path
    words: Mapping[str, str] = field(default_factory=dict)
    #: Whether its records are for somebody else to sign: kept as drafts, without the names of those who did.
    is_unsigned: bool = False

    def record(self, name: str) -> Record:
        """Return one file: `record("settings")` reads `settings.toml`."""
        return self._read(self.path / f"{name}.toml")

    def has(self, name: str) -> bool:
        return (self.path / f"{name}.toml").exists()

    def records(self, folder: str) -> dict[str, Record]:
        """Return the files of a folder by slug, in the order of their names."""
        return {path.stem: self._read(path) for path in sorted((self.path / folder).glob("*.toml"))}

    def _read(self, path: Path) -> Record:
        return self._filled_in(tomllib.loads(path.read_text()))

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
    try:
        return kind._default_manager.get(**name)
    except ObjectDoesNotExist:
        raise ContentError(f"No {kind._meta.verbose_name} is named {name}") from None
