"""What is wrong in content files, each with its file and line."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

#: Where in a record something stands: keys, and positions in lists.
KeyPath = tuple[str | int, ...]

TABLE = re.compile(r"\s*(\[\[?)\s*([\w.\-]+)\s*\]")
KEY = re.compile(r"\s*([\w\-]+)\s*=\s*(.*)")
MULTILINE_MARKS = ('"""', "'''")


class ContentError(Exception):
    """A content file is not as it must be, or names something that does not exist."""

    def __init__(self, words: str, at: KeyPath = (), value: str = "") -> None:
        """`value` is what the file says there, by which its line is found."""
        super().__init__(words)
        self.words, self.at, self.value = words, at, value


@contextmanager
def within(*at: str | int) -> Iterator[None]:
    """Say of a ContentError that is raised here that it stands at this place."""
    try:
        yield
    except ContentError as error:
        raise ContentError(error.words, (*at, *error.at), error.value) from None


@dataclass(frozen=True, order=True)
class Problem:
    """Its text is what a person reads: `therapies/x.toml:12: family: …`."""

    file: str
    line: int
    words: str
    at: KeyPath = field(default=(), compare=False)

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.words}"


def errors_in(error: ValidationError, at: KeyPath = ()) -> Iterator[ContentError]:
    """Yield the errors of a model, or of a stream of blocks, each with its place."""
    inner: Any = getattr(error, "block_errors", None)
    if inner is not None:
        for key, of_it in inner.items() if isinstance(inner, dict) else enumerate(inner):
            if of_it is not None:
                yield from errors_in(of_it, (*at, key))
        yield from errors_in(ValidationError(list(getattr(error, "non_block_errors", ()))), at)
    elif hasattr(error, "error_dict"):
        for name, errors in error.error_dict.items():
            place = at if name == NON_FIELD_ERRORS else (*at, name)
            for one in errors:
                yield from errors_in(one, place)
    else:
        yield from (ContentError(str(message), at) for message in error.messages)


def problem(file: str, text: str, error: ContentError) -> Problem:
    words = f"{place_in_words(error.at)}: {error.words}".removeprefix(": ")
    return Problem(file, line_of(text, error.at, error.value), words, error.at)


def place_in_words(at: KeyPath) -> str:
    """Return a path as people write it, counting from 1: `values[4].minimum`."""
    return "".join(f"[{key + 1}]" if isinstance(key, int) else f".{key}" for key in at).lstrip(".")


def line_of(text: str, at: KeyPath, value: str = "") -> int:
    """Return the line, counted from 1, where the longest known beginning of the path stands, or its value."""
    known = _lines_of_keys(text.splitlines())
    found = next((known[at[:end]] for end in range(len(at), 0, -1) if at[:end] in known), 1)
    if value:
        after = enumerate(text.splitlines()[found - 1 :], start=found)
        return next((number for number, line in after if value in line), found)
    return found


def _lines_of_keys(lines: Iterable[str]) -> dict[KeyPath, int]:
    """Return the line of each key and table. What stands within one line, or one value, has that line."""
    known: dict[KeyPath, int] = {}
    counted: dict[KeyPath, int] = {}
    table: KeyPath = ()
    open_mark = ""
    for number, line in enumerate(lines, start=1):
        if open_mark:
            open_mark = "" if open_mark in line else open_mark
        elif header := TABLE.match(line):
            table = _numbered(header[2].split("."), counted, is_another=header[1] == "[[")
            known.setdefault(table, number)
        elif entry := KEY.match(line):
            known.setdefault((*table, entry[1]), number)
            open_mark = next((mark for mark in MULTILINE_MARKS if entry[2].count(mark) == 1), "")
    return known


def _numbered(keys: list[str], counted: dict[KeyPath, int], *, is_another: bool) -> KeyPath:
    """Return the path of a table, with its position in each list that it stands in."""
    path: KeyPath = ()
    for position, key in enumerate(keys, start=1):
        path = (*path, key)
        if is_another and position == len(keys):
            counted[path] = counted.get(path, -1) + 1
        if path in counted:
            path = (*path, counted[path])
    return path
