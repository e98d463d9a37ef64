"""The columns of a spreadsheet of profiles: how each cell stands for a part of a profile's record.

Pure: records in, cells out, and back.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from new_practice.loading.content_files import Record
from new_practice.loading.content_problems import KeyPath
from therapists.enums import ClientGroup, ConcernLevel, Language, SessionFormat, TrainingLevel

#: How many registrations of a profile have columns. A profile keeps what it has beyond.
REGISTRATIONS = 2
_NAMED = re.compile(r"^(?P<name>[^()]+?)\s*(?:\((?P<more>[^()]*)\))?$")


class CellError(Exception):
    """A cell is not as its column wants it."""


@dataclass(frozen=True)
class SheetColumn:
    """`put` sets in a record what a cell says; an empty cell empties it."""

    name: str
    holds: str | Promise
    cell: Callable[[Record], str]
    put: Callable[[Record, str], None]
    #: Whether a path in a record is of this column.
    holds_path: Callable[[KeyPath, Record], bool]


def _is_at(key: str) -> Callable[[KeyPath, Record], bool]:
    return lambda at, record: bool(at) and at[0] == key


def _set(record: Record, key: str, value: Any) -> None:
    if value in ("", None, [], {}):
        record.pop(key, None)
    else:
        record[key] = value


def _of_key(
    key: str, holds: str | Promise, read: Callable[[str], Any], write: Callable[[Any], str]
) -> SheetColumn:
    def put(record: Record, cell: str) -> None:
        _set(record, key, read(cell) if cell else None)

    return SheetColumn(key, holds, lambda record: write(record.get(key)), put, _is_at(key))


def _text(key: str, holds: str | Promise = "") -> SheetColumn:
    return _of_key(key, holds, str, lambda value: value or "")


def _number(key: str, holds: str | Promise) -> SheetColumn:
    return _of_key(key, holds, whole_number, lambda value: "" if value is None else str(value))


def _codes(key: str, known: type[SessionFormat] | type[Language]) -> SheetColumn:
    def read(cell: str) -> list[str]:
        found = parts(cell)
        for code in found:
            if code not in known.values:
                raise CellError(
                    gettext("“%(code)s” is none of %(known)s.")
                    % {"code": code, "known": ", ".join(known.values)}
                )
        return found

    holds = _("Any of these, with ; between them: %(known)s")
    described = str(holds) % {"known": ", ".join(known.values)}
    return _of_key(key, described, read, lambda value: "; ".join(value or []))


def parts(cell: str) -> list[str]:
    return [part.strip() for part in re.split(r"[;\n]", cell) if part.strip()]


def whole_number(cell: str) -> int:
    try:
        return int(cell)
    except ValueError:
        raise CellError(gettext("Here stands a whole number.")) from None


def amount(cell: str) -> int | Decimal:
    try:
        pounds = Decimal(cell.removeprefix("£").strip())
        if not pounds.is_finite():
            raise InvalidOperation
    except InvalidOperation:
        raise CellError(gettext("Here stands an amount in pounds, such as 60 or 62.50.")) from None
    return int(pounds) if pounds == pounds.to_integral_value() else pounds


def day(cell: str) -> date:
    for pattern in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(cell, pattern).date()
        except ValueError:
            continue
    raise CellError(gettext("Here stands a day, such as 2026-11-30 or 30/11/2026."))


def _named(part: str) -> tuple[str, str]:
    """Return both of “name (more)”."""
    found = _NAMED.match(part)
    if not found:
        raise CellError(gettext("“%(part)s” cannot be read.") % {"part": part})
    return found["name"], (found["more"] or "").strip()


def _concerns(level: ConcernLevel) -> SheetColumn:
    is_checked = level == ConcernLevel.SPECIALISM

    def written(entry: Any) -> str:
        if isinstance(entry, str):
            return entry
        checked = entry.get("verified_on")
        return f"{entry['concern']} ({checked})" if checked else str(entry["concern"])

    def read(part: str) -> Any:
        if not is_checked:
            return part
        name, checked = _named(part)
        return {"concern": name, **({"verified_on": day(checked)} if checked else {})}

    def put(record: Record, cell: str) -> None:
        levels = dict(record.get("concerns", {}))
        _set(levels, level, [read(part) for part in parts(cell)])
        _set(record, "concerns", levels)

    def holds_path(at: KeyPath, record: Record) -> bool:
        return at[:2] == ("concerns", level.value)

    holds = _("Last parts of the addresses of concerns, with ; between them")
    if is_checked:
        holds = _("The same, each with the day on which it was checked: grief-and-loss (2026-05-01)")
    return SheetColumn(
        level.value,
        holds,
        lambda record: "; ".join(map(written, record.get("concerns", {}).get(level, []))),
        put,
        holds_path,
    )


def _therapies() -> SheetColumn:
    def read(cell: str) -> list[Record]:
        entries = []
        for part in parts(cell):
            name, training = _named(part)
            if training not in TrainingLevel.values:
                raise CellError(
                    gettext("After “%(name)s” stands (%(known)s).")
                    % {"name": name, "known": gettext(" or ").join(TrainingLevel.values)}
                )
            entries.append({"therapy": name, "training": training})
        return entries

    def write(entries: Any) -> str:
        return "; ".join(f"{entry['therapy']} ({entry['training']})" for entry in entries or [])

    holds = _(
        "Last parts of their addresses, each with the training: name-of-a-therapy (full); another (partial)"
    )
    return _of_key("therapies", holds, read, write)


def _fee(group: ClientGroup, key: str, name: str, holds: str | Promise) -> SheetColumn:
    def entry(record: Record) -> Record:
        return next((fee for fee in record.get("fees", []) if fee["group"] == group), {})

    def put(record: Record, cell: str) -> None:
        read = whole_number if key == "session_minutes" else amount
        told = {**entry(record), "group": group.value}
        _set(told, key, read(cell) if cell else None)
        others = [fee for fee in record.get("fees", []) if fee["group"] != group]
        is_said = any(name in told for name in ("fee", "reduced_fee"))
        # The order of the record is kept, and a group without any fee is left out.
        rows = [fee if fee["group"] != group else told for fee in record.get("fees", [])]
        if not entry(record):
            rows = [*others, told]
        _set(record, "fees", rows if is_said else others)

    def holds_path(at: KeyPath, record: Record) -> bool:
        fees = record.get("fees", [])
        match at:
            case ("fees", int(position), *rest) if position < len(fees):
                return fees[position]["group"] == group and (rest or ["fee"])[0] == key
            case _:
                return False

    def cell(record: Record) -> str:
        value = entry(record).get(key)
        return "" if value is None else str(value)

    return SheetColumn(f"{name}_{group}", holds, cell, put, holds_path)


def _registration(number: int, key: str, name: str, holds: str | Promise) -> SheetColumn:
    is_day = key in ("verified_on", "expires_on")

    def entry(record: Record) -> Record:
        rows = record.get("registrations", [])
        return rows[number] if number < len(rows) else {}

    def put(record: Record, cell: str) -> None:
        rows = [dict(row) for row in record.get("registrations", [])]
        while len(rows) <= number:
            rows.append({})
        _set(rows[number], key, (day(cell) if is_day else cell) if cell else None)
        record["registrations"] = rows

    def written(record: Record) -> str:
        return str(entry(record).get(key) or "")

    def holds_path(at: KeyPath, record: Record) -> bool:
        return at[:2] == ("registrations", number) and (at[2:] or ("number",))[0] == key

    return SheetColumn(f"{name}_{number + 1}", holds, written, put, holds_path)


def _qualifications() -> SheetColumn:
    def read(cell: str) -> list[Record]:
        entries = []
        for line in filter(None, map(str.strip, cell.split("\n"))):
            title, institution, year, *more = [*(part.strip() for part in line.split("|")), "", ""]
            if any(more):
                raise CellError(gettext("One on each line: title | from | year."))
            entry: Record = {"title": title}
            _set(entry, "institution", institution)
            _set(entry, "year", whole_number(year) if year else None)
            entries.append(entry)
        return entries

    def write(entries: Any) -> str:
        lines = (
            [str(entry.get(key, "")) for key in ("title", "institution", "year")] for entry in entries or []
        )
        return "\n".join(" | ".join(line).rstrip(" |") for line in lines)

    return _of_key("qualifications", _("One on each line: title | from | year"), read, write)


def _yes(cell: str) -> bool:
    if cell.casefold() not in ("yes", "no", "true", "false"):
        raise CellError(gettext("Here stands yes or no."))
    return cell.casefold() in ("yes", "true")


COLUMNS: tuple[SheetColumn, ...] = (
    _text("slug", _("The last part of the profile's address. Empty for somebody new")),
    _text("name"),
    _text("professional_title"),
    _text("summary"),
    _text("pronouns"),
    _text("gender", _("woman, man, non_binary or empty")),
    _number("practising_since", _("A year")),
    _text("own_sentence"),
    _text("how_i_work"),
    _text("first_meeting"),
    _text("about_me"),
    _codes("formats", SessionFormat),
    _codes("languages", Language),
    _text("location", _("The town, for meeting in person")),
    _text("access_details"),
    _number("consultation_minutes", _("Of the free first consultation")),
    *(_concerns(level) for level in ConcernLevel),
    _therapies(),
    *(
        _fee(group, key, name, holds)
        for group in ClientGroup
        for key, name, holds in (
            ("fee", "fee", _("In pounds. Empty for whom they do not see")),
            ("reduced_fee", "reduced_fee", _("In pounds")),
            ("session_minutes", "minutes", _("Of a session")),
        )
    ),
    *(
        _registration(number, key, name, holds)
        for number in range(REGISTRATIONS)
        for key, name, holds in (
            ("body", "register", _("bacp, babcp, bpc, bps, hcpc, ncps or ukcp")),
            ("grade", "grade", ""),
            ("number", "registration_number", ""),
            ("register_url", "register_link", ""),
            ("verified_on", "checked_on", _("The day on which you looked it up")),
            ("expires_on", "expires_on", _("A day")),
        )
    ),
    _qualifications(),
    _of_key("is_sample", _("yes for a made-up person"), _yes, lambda value: "yes" if value else ""),
)
BY_NAME = {column.name: column for column in COLUMNS}


def column_at(at: KeyPath, record: Record) -> str:
    """Return the name of the column where a path in a record stands, or the path's own first word."""
    found = next((column.name for column in COLUMNS if column.holds_path(at, record)), "")
    return found or (str(at[0]) if at else "")
