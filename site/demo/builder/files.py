"""Reads the content files, and finds what they name."""

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
    """A content file names something that no file makes."""


def record(name: str) -> Record:
    """One file: `record("settings")` reads `settings.toml`."""
    return tomllib.loads((CONTENT / f"{name}.toml").read_text())


def records(folder: str) -> dict[str, Record]:
    """A folder of files, each under its slug, in the order of their names."""
    return {path.stem: tomllib.loads(path.read_text()) for path in sorted((CONTENT / folder).glob("*.toml"))}


def named[M: Model](kind: type[M], **name: str) -> M:
    """The one thing of this name: `named(Reference, key="nice-ng222")`."""
    try:
        return kind._default_manager.get(**name)
    except ObjectDoesNotExist:
        raise ContentError(f"No {kind._meta.verbose_name} of the demo is named {name}") from None


def fingerprint() -> str:
    """Changes when a content file or the builder does."""
    digest = hashlib.sha256()
    for path in sorted([*CONTENT.rglob("*.*"), *BUILDER.glob("*.py")]):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()
