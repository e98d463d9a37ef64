"""Joins the parts of the stylesheet into `css/site.css`.

A finder joins them whenever static files are looked for, so development, the demo and `collectstatic` all get
the same file without a build step.
See docs/decisions/one-stylesheet.md.
"""

import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, overload

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

STYLESHEET = "css/site.css"
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
STRINGS = re.compile(r"""("[^"]*"|'[^']*')""")
BLANKS = re.compile(r"\s+")
#: Where no blank is needed: around what ends something, and after the colon of a declaration.
NEEDLESS = re.compile(r"\s*([{};,])\s*|(?<=:)\s+")


def assemble(parts: Path) -> str:
    """Return the parts as one text. `layers.css`, which orders the cascade layers, must come first."""
    first = parts / "layers.css"
    others = sorted(path for path in parts.rglob("*.css") if path != first)
    joined = "\n".join(path.read_text(encoding="utf-8") for path in (first, *others))
    pieces = STRINGS.split(COMMENT.sub("", joined).strip())
    pieces[::2] = [NEEDLESS.sub(r"\1", BLANKS.sub(" ", piece)).replace(";}", "}") for piece in pieces[::2]]
    return "".join(pieces) + "\n"


class StylesheetFinder(BaseFinder):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.parts = Path(settings.STYLESHEET_PARTS)
        self.storage = FileSystemStorage(location=settings.STYLESHEET_ROOT)

    def check(self, **kwargs: Any) -> list:
        return []

    @overload
    def find(self, path: str, find_all: Literal[False] = ...) -> str | None: ...
    @overload
    def find(self, path: str, find_all: Literal[True]) -> list[str]: ...
    def find(self, path: str, find_all: bool = False) -> str | list[str] | None:
        if path != STYLESHEET:
            return [] if find_all else None
        written = str(self._write())
        return [written] if find_all else written

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, FileSystemStorage]]:
        self._write()
        yield STYLESHEET, self.storage

    def _write(self) -> Path:
        """Replace the file atomically, and only when it changed: another process may be reading it."""
        target = Path(self.storage.path(STYLESHEET))
        css = assemble(self.parts)
        if target.exists() and target.read_text(encoding="utf-8") == css:
            return target
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=target.parent, delete=False) as fresh:
            fresh.write(css)
        Path(fresh.name).chmod(0o644)
        os.replace(fresh.name, target)
        return target
