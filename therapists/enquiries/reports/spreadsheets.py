"""Write CSV whose cells a spreadsheet program shows and does not run."""

import csv
from collections.abc import Iterable
from typing import Protocol

#: A cell that begins with one of these would be read as a formula.
_ACTIVE = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def neutral(cell: str) -> str:
    return (
        f"'{cell}" if cell.lstrip(" \u00a0\ufeff").startswith(_ACTIVE) or cell.startswith(_ACTIVE) else cell
    )


class Writable(Protocol):
    """A file, or a response that is written like one."""

    def write(self, content: str, /) -> object: ...


def write_rows(rows: Iterable[list[str]], file: Writable) -> None:
    writer = csv.writer(file, quoting=csv.QUOTE_ALL)
    for row in rows:
        writer.writerow([neutral(cell) for cell in row])
