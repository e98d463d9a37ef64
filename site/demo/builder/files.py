"""Reads the content files."""

import hashlib
import tomllib
from pathlib import Path
from typing import Any

CONTENT = Path(__file__).resolve().parents[1] / "content"
BUILDER = Path(__file__).resolve().parent

Record = dict[str, Any]


def record(name: str) -> Record:
    """One file: `record("settings")` reads `settings.toml`."""
    return tomllib.loads((CONTENT / f"{name}.toml").read_text())


def records(folder: str) -> dict[str, Record]:
    """A folder of files, each under its slug, in the order of their names."""
    return {path.stem: tomllib.loads(path.read_text()) for path in sorted((CONTENT / folder).glob("*.toml"))}


def fingerprint() -> str:
    """Changes when a content file or the builder does."""
    digest = hashlib.sha256()
    for path in sorted([*CONTENT.rglob("*.*"), *BUILDER.glob("*.py")]):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()
