"""Writes profiles as the same spreadsheet that is read."""

from collections.abc import Iterable
from io import BytesIO, StringIO

from core.admin.spreadsheets import write_rows
from new_practice.loading.content_files import Record
from new_practice.spreadsheet.sheet_columns import COLUMNS


def table_of(records: dict[str, Record]) -> list[list[str]]:
    """Return the headings, and a line for each profile, by slug."""
    lines = [[column.cell(record | {"slug": slug}) for column in COLUMNS] for slug, record in records.items()]
    return [[column.name for column in COLUMNS], *lines]


def as_csv(table: Iterable[list[str]]) -> bytes:
    file = StringIO(newline="")
    write_rows(table, file)
    return file.getvalue().encode()


def as_xlsx(table: Iterable[list[str]]) -> bytes:
    """Return a workbook whose cells are all text: none is a formula, whatever it begins with."""
    from openpyxl import Workbook  # takes six megabytes of each process, and few of them ever write one
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    page = book.create_sheet("Profiles")
    page.freeze_panes = "C2"
    for line in table:
        cells = []
        for text in line:
            cell = WriteOnlyCell(page, text)
            cell.data_type = "s"
            cells.append(cell)
        page.append(cells)
    file = BytesIO()
    book.save(file)
    return file.getvalue()
