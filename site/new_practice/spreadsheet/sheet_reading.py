"""Reads an uploaded spreadsheet as rows of plain text. Whatever cannot be read is refused in words."""

import csv
import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from core.admin.spreadsheets import neutral
from new_practice.spreadsheet.sheet_columns import BY_NAME

MOST_BYTES = 1_000_000
#: Of all that an XLSX file says: its packed size says nothing of it.
MOST_UNPACKED = 8_000_000
MOST_ROWS, MOST_COLUMNS = 300, 100
_OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0"


class SheetError(Exception):
    """The file as a whole cannot be taken."""


@dataclass(frozen=True, order=True)
class SheetProblem:
    """What is wrong in one cell. Rows are counted as the spreadsheet program does: the headings are row 1."""

    row: int
    column: str
    words: str


@dataclass(frozen=True)
class Sheet:
    #: By row number, each cell under its column.
    rows: dict[int, dict[str, str]]
    problems: list[SheetProblem]


def read_sheet(content: bytes) -> Sheet:
    """Return what a CSV or XLSX file says. Raise SheetError."""
    if not content.strip():
        raise SheetError(_("This file is empty."))
    if len(content) > MOST_BYTES:
        raise SheetError(_("This file is larger than 1 MB. Bring the profiles in with several."))
    if content.startswith(_OLD_OR_LOCKED):
        raise SheetError(
            _("This is a file of an old kind, or one behind a password. Save it as XLSX or CSV, without one.")
        )
    problems: list[SheetProblem] = []
    table = _xlsx(content, problems) if content.startswith(b"PK") else _csv(content)
    return _sheet(table, problems)


def _csv(content: bytes) -> list[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise SheetError(_("This file is not in UTF-8. Save it as “CSV UTF-8”, or as XLSX.")) from None
    if "\0" in text:
        raise SheetError(_("This is no CSV file. Save it as “CSV UTF-8”, or as XLSX."))
    headings = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=headings.count)
    try:
        return [
            [_shown(cell) for cell in line]
            for line in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        ]
    except csv.Error as error:
        raise SheetError(_("This is no CSV file: %(why)s.") % {"why": error}) from None


def _shown(cell: str) -> str:
    """Return a cell without the mark that keeps spreadsheet programs from running it."""
    cell = cell.strip()
    return cell[1:] if cell.startswith("'") and neutral(cell[1:]) == cell else _no_formula(cell)


def _no_formula(cell: str) -> str:
    return FORMULA if cell.startswith("=") else cell


#: Stands for what a program would work out: refused, for nobody here has worked it out.
FORMULA = "\0formula"


def _xlsx(content: bytes, problems: list[SheetProblem]) -> list[list[str]]:
    import openpyxl  # takes six megabytes of each process, and few of them ever read a spreadsheet

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            if sum(entry.file_size for entry in entries) > MOST_UNPACKED:
                raise SheetError(_("This file holds too much. Bring the profiles in with several."))
            if any("vbaproject" in entry.filename.lower() for entry in entries):
                raise SheetError(_("This file holds macros. Save it as XLSX, without them."))
        book = openpyxl.load_workbook(io.BytesIO(content), keep_links=False)
        page = book.worksheets[0]
    except SheetError:
        raise
    except Exception as error:  # a broken file may fail anywhere in that library
        raise SheetError(_("This is no XLSX file that can be read.")) from error
    if page.max_row > MOST_ROWS + 1 or page.max_column > MOST_COLUMNS:
        raise SheetError(
            _(
                "This sheet has %(rows)s rows and %(columns)s columns; %(most)s profiles are the most. "
                "Delete what is empty below and beside them."
            )
            % {"rows": page.max_row, "columns": page.max_column, "most": MOST_ROWS}
        )
    for area in page.merged_cells.ranges:
        words = _("The cells %(area)s are merged. Split them, and fill in each.") % {"area": area.coord}
        problems.append(SheetProblem(area.min_row, "", words))
    return [[_as_text(cell) for cell in row] for row in page.iter_rows()]


def _as_text(cell: Any) -> str:
    value = cell.value
    if cell.data_type == "f":
        return FORMULA
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case datetime():
            return value.date().isoformat()
        case date():
            return value.isoformat()
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return str(value).replace("\r\n", "\n").strip()


def _sheet(table: list[list[str]], problems: list[SheetProblem]) -> Sheet:
    if not table:
        raise SheetError(_("This file is empty."))
    headings = _headings(table[0])
    filled = {number: line for number, line in enumerate(table[1:], start=2) if any(line)}
    if not filled:
        raise SheetError(_("There is no profile below the headings."))
    if len(filled) > MOST_ROWS:
        raise SheetError(
            _("There are %(rows)s profiles; %(most)s are the most. Bring them in with several files.")
            % {"rows": len(filled), "most": MOST_ROWS}
        )
    rows: dict[int, dict[str, str]] = {}
    for number, line in filled.items():
        if any(line[len(headings) :]):
            problems.append(SheetProblem(number, "", _("There are more cells than headings.")))
        rows[number] = dict(zip(headings, [*line, *[""] * len(headings)], strict=False))
        for name in [name for name, cell in rows[number].items() if cell == FORMULA]:
            words = _("This is a formula. Write what it comes to.")
            problems.append(SheetProblem(number, name, words))
            rows[number][name] = ""
    return Sheet(rows, problems)


def _headings(line: Iterable[str]) -> list[str]:
    headings = [heading.strip().casefold() for heading in line]
    while headings and not headings[-1]:
        headings.pop()
    unknown = [heading for heading in headings if heading not in BY_NAME]
    if unknown:
        raise SheetError(
            _("The first row holds the names of the columns. These are none: %(unknown)s.")
            % {"unknown": ", ".join(f"“{_cut(heading)}”" for heading in unknown[:5])}
        )
    twice = sorted({heading for heading in headings if headings.count(heading) > 1})
    if twice:
        raise SheetError(_("These columns stand there twice: %(twice)s.") % {"twice": ", ".join(twice)})
    missing = [name for name in ("slug", "name") if name not in headings]
    if missing:
        raise SheetError(_("These columns are missing: %(missing)s.") % {"missing": ", ".join(missing)})
    return headings


def _cut(words: str) -> str:
    return words if len(words) < 30 else f"{words[:30]}…"
