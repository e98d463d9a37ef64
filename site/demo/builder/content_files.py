"""Reads the content files, and looks up the rows that they name."""

import hashlib
import tomllib
from pathlib import Path
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Model

CONTENT = Path(__file__).resolve().parents[1] / "content"
BUILDER = Path(__file__).resolve().parent

Record = dict[str, Any]


class ContentError(Exception):
    """A content file names something that does not exist."""


def record(name: str) -> Record:
    """Return one file: `record("settings")` reads `settings.toml`."""
    return tomllib.loads((CONTENT / f"{name}.toml").read_text())


def records(folder: str) -> dict[str, Record]:
    """Return the files of a folder by slug, in the order of their names."""
    return {path.stem: tomllib.loads(path.read_text()) for path in sorted((CONTENT / folder).glob("*.toml"))}


def named[M: Model](kind: type[M], **name: str) -> M:
    """Return the row of this name: `named(Reference, key="nice-ng222")`. Raise ContentError for none."""
    try:
        return kind._default_manager.get(**name)
    except ObjectDoesNotExist:
        raise ContentError(f"No {kind._meta.verbose_name} of the demo is named {name}") from None


def fingerprint() -> str:
    """Return a digest that changes whenever a content file or the builder does."""
    digest = hashlib.sha256()
    for path in sorted([*CONTENT.rglob("*.*"), *BUILDER.glob("*.py")]):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()
