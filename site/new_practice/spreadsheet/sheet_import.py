"""Brings the profiles of a spreadsheet in as drafts, by the one way in which content files come in."""

from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from django.contrib.auth.models import User
from django.utils.text import slugify
from django.utils.translation import gettext as _

from home.models import HomePage
from new_practice.exporting.content_folder import written
from new_practice.exporting.picture_files import NoPictures
from new_practice.exporting.records import content_records
from new_practice.exporting.stream_values import ContentReader
from new_practice.importing import ContentChange, import_folder, in_short
from new_practice.loading.content_files import Record
from new_practice.loading.content_problems import Problem, place_in_words
from new_practice.spreadsheet.sheet_columns import BY_NAME, CellError, column_at
from new_practice.spreadsheet.sheet_reading import Sheet, SheetProblem
from therapists.enquiries.services.profile_proposals import is_closed
from therapists.models import TherapistIndexPage, TherapistPage
from therapists.models.querysets import registration_of_another


@dataclass(frozen=True)
class SheetChange:
    row: int
    profile: str
    column: str
    old: str
    new: str
    is_new_profile: bool = False


@dataclass(frozen=True)
class SheetResult:
    """What changes, or would: or what is wrong, and then nothing was changed."""

    changes: list[SheetChange]
    problems: list[SheetProblem]


@dataclass
class _Person:
    row: int
    slug: str
    before: Record
    record: Record


def import_profiles(home: HomePage, sheet: Sheet, by: User, *, dry_run: bool) -> SheetResult:
    directory = TherapistIndexPage.objects.child_of(home).get()
    problems = list(sheet.problems)
    people = list(_people(home, directory, sheet, by, problems))
    problems += _said_twice(people)
    problems += _registered_to_others(directory, people)
    if problems:
        return SheetResult([], sorted(set(problems)))
    with TemporaryDirectory() as place:
        folder = Path(place) / "therapists"
        folder.mkdir()
        for person in people:
            (folder / f"{person.slug}.toml").write_text(written(person.record))
        result = import_folder(home, Path(place), as_drafts=True, dry_run=dry_run, with_pictures=False, by=by)
    found = {f"therapists/{person.slug}.toml": person for person in people}
    changes = dict.fromkeys(_told(change, found[change.file]) for change in result.changes)
    wrong = {_wrong(problem, found[problem.file]) for problem in result.problems}
    return SheetResult(sorted(changes, key=lambda change: change.row), sorted(wrong))


def profile_records(home: HomePage, slugs: list[str]) -> dict[str, Record]:
    """Return the records of these profiles as their editors have them, by slug, without pictures."""
    names = [f"therapists/{slug}" for slug in slugs]
    records = content_records(home, ContentReader(home, NoPictures()), only=names, newest=True)
    return {name.removeprefix("therapists/"): record for name, record in records.items()}


def _people(
    home: HomePage, directory: TherapistIndexPage, sheet: Sheet, by: User, problems: list[SheetProblem]
) -> Iterator[_Person]:
    pages = {page.slug: page for page in TherapistPage.objects.child_of(directory)}
    known = profile_records(home, [row["slug"] for row in sheet.rows.values() if row["slug"]])
    for number, cells in sheet.rows.items():
        slug = cells["slug"] or slugify(cells["name"])
        try:
            _check(slug, cells, pages, known, by)
        except CellError as error:
            problems.append(SheetProblem(number, "slug", str(error)))
            continue
        record = deepcopy(known.get(slug, {}))
        record.pop("draft", None)
        for name, cell in cells.items():
            try:
                if name != "slug":
                    BY_NAME[name].put(record, cell)
            except CellError as error:
                problems.append(SheetProblem(number, name, str(error)))
        rows = [row for row in record.pop("registrations", []) if row]
        yield _Person(number, slug, known.get(slug, {}), record | ({"registrations": rows} if rows else {}))


def _check(
    slug: str, cells: dict[str, str], pages: dict[str, TherapistPage], known: dict[str, Record], by: User
) -> None:
    """Raise CellError where a row is of no profile that this person may change."""
    page = pages.get(slug)
    if not slug:
        raise CellError(_("This row has neither a slug nor a name."))
    if cells["slug"] and page is None:
        raise CellError(_("There is no profile of this slug. Leave it empty for somebody new."))
    if page is None:
        return
    if not cells["slug"]:
        raise CellError(
            _("There is a profile of this name already. If it is theirs, write “%(slug)s” here.")
            % {"slug": slug}
        )
    if slug not in known or not page.permissions_for_user(by).can_edit():
        raise CellError(_("You may not change this profile here."))
    if is_closed(page):
        raise CellError(_("This profile is locked or was handed in. See to that first."))


def _said_twice(people: list[_Person]) -> Iterator[SheetProblem]:
    slugs = Counter(person.slug for person in people)
    for person in people:
        if slugs[person.slug] > 1:
            yield SheetProblem(person.row, "slug", _("This profile stands in several rows."))
    numbers = Counter(number for person in people for number in _numbers(person.record))
    for person in people:
        for position, number in enumerate(_numbers(person.record)):
            if numbers[number] > 1:
                words = _("This registration number stands here more than once.")
                yield SheetProblem(person.row, f"registration_number_{position + 1}", words)


def _registered_to_others(directory: TherapistIndexPage, people: list[_Person]) -> Iterator[SheetProblem]:
    pages = {page.slug: page for page in TherapistPage.objects.child_of(directory)}
    for person in people:
        page = pages.get(person.slug) or TherapistPage()
        for position, number in enumerate(_numbers(person.record)):
            if taken := registration_of_another(page, [number]):
                words = _("This registration number is on the profile of %(name)s.")
                said = words % {"name": taken.therapist.title}
                yield SheetProblem(person.row, f"registration_number_{position + 1}", said)


def _numbers(record: Record) -> list[tuple[str, str]]:
    return [
        (row.get("body", ""), row.get("number", "").casefold()) for row in record.get("registrations", [])
    ]


def _told(change: ContentChange, person: _Person) -> SheetChange:
    """Return a change as the cell was and becomes, or in the importer's words where it is of no column."""
    name = person.record["name"]
    if change.is_new_page:
        return SheetChange(person.row, name, "", "", "", is_new_profile=True)
    column = BY_NAME.get(column_at(change.at, person.record))
    if column is None:
        return SheetChange(
            person.row, name, place_in_words(change.at), in_short(change.old), in_short(change.new)
        )
    return SheetChange(person.row, name, column.name, column.cell(person.before), column.cell(person.record))


def _wrong(problem: Problem, person: _Person) -> SheetProblem:
    words = problem.words.removeprefix(f"{place_in_words(problem.at)}: ")
    return SheetProblem(person.row, column_at(problem.at, person.record), words)
