"""The files of the sample practice."""

import hashlib
from pathlib import Path

from new_practice.loading.content_files import ContentFolder

SAMPLE = ContentFolder(Path(__file__).resolve().parents[1] / "content")
BUILDERS = [Path(__file__).resolve().parent, Path(__file__).resolve().parents[2] / "new_practice" / "loading"]


def fingerprint() -> str:
    """Return a digest that changes whenever a content file or a builder does."""
    digest = hashlib.sha256()
    modules = [path for folder in BUILDERS for path in folder.glob("*.py")]
    for path in sorted([*SAMPLE.path.rglob("*.*"), *modules]):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()
