"""Write CSV whose cells a spreadsheet program shows and does not run, and whose letters it reads.

Wagtail's own reports too: it has no setting for that, so two methods of its mixin are replaced at start-up.
"""

import csv
from collections.abc import Iterable, Iterator
from typing import Any, Protocol

from django.utils.encoding import force_str
from wagtail.admin.views.mixins import SpreadsheetExportMixin

#: A cell that begins with one of these would be read as a formula.
_ACTIVE = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

#: By which spreadsheet programs know UTF-8.
BYTE_ORDER_MARK = "\ufeff"


def neutral(cell: str) -> str:
    return (
        f"'{cell}" if cell.lstrip(" \u00a0\ufeff").startswith(_ACTIVE) or cell.startswith(_ACTIVE) else cell
    )


class Writable(Protocol):
    """A file, or a response that is written like one."""

    def write(self, content: str, /) -> object: ...


def write_rows(rows: Iterable[list[str]], file: Writable) -> None:
    file.write(BYTE_ORDER_MARK)
    writer = csv.writer(file, quoting=csv.QUOTE_ALL)
    for row in rows:
        writer.writerow([neutral(cell) for cell in row])


def make_exports_safe() -> None:
    usual_value, usual_lines = (
        SpreadsheetExportMixin.preprocess_field_value,
        SpreadsheetExportMixin.stream_csv,
    )

    def preprocess_field_value(view: Any, field: str, value: Any, export_format: str) -> Any:
        cell = usual_value(view, field, value, export_format)
        if (
            export_format != SpreadsheetExportMixin.FORMAT_CSV
            or cell is None
            or isinstance(cell, int | float)
        ):
            return cell
        return neutral(force_str(cell))

    def stream_csv(view: Any, queryset: Any) -> Iterator[Any]:
        yield BYTE_ORDER_MARK
        yield from usual_lines(view, queryset)

    SpreadsheetExportMixin.preprocess_field_value = preprocess_field_value
    SpreadsheetExportMixin.stream_csv = stream_csv
