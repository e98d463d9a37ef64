"""Stores pages through revisions, as an editor would, and only where something changed.

Pages link to each other, so each is first created as a draft without its body, and published once all exist.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db.models import Model, TextField
from modelcluster.fields import ParentalManyToManyField
from wagtail.fields import StreamField
from wagtail.models import Page, Revision

from core.models import ReviewedPage, Reviewer
from core.reviews.signing import sign_off
from new_practice.loading.content_problems import ContentError, errors_in
from new_practice.loading.rich_text import BLOCK_KEY

Fields = dict[str, Any]
#: For each child relation: the fields that identify a row, and the rows.
Rows = dict[str, tuple[Sequence[str], Sequence[Model]]]

#: Fields that publishing sets.
BOOKKEEPING = {
    "draft_title",
    "first_published_at",
    "has_unpublished_changes",
    "last_published_at",
    "latest_revision",
    "latest_revision_created_at",
    "live",
    "live_revision",
}


def create_draft[P: Page](kind: type[P], parent: Page, slug: str, fields: Fields) -> P:
    """Return the page with this slug; create it as a draft with these fields where there is none yet."""
    page = kind.objects.child_of(parent).filter(slug=slug).first()
    if page is None:
        page = kind(slug=slug, live=False, **fields)
        parent.add_child(instance=page)
    return page


@dataclass(frozen=True, slots=True)
class Review:
    """That somebody answered for the words of a file, on a day, and until when."""

    reviewer: Reviewer
    reviewed_on: date
    next_due: date


def publish(
    page: Page,
    fields: Fields,
    rows: Rows | None = None,
    *,
    review: Review | None = None,
    as_draft: bool = False,
    by: User | None = None,
) -> None:
    """Set fields and child rows, and publish the page if anything changed: or keep that as a draft.

    A draft goes on from the newest one. `by` is who is named in the history.
    """
    if (as_draft or not page.live) and page.latest_revision_id:
        page = page.get_latest_revision_as_object()
    before = _content(page)
    for name, value in fields.items():
        setattr(page, name, value)
    for relation, (keys, children) in (rows or {}).items():
        _replace(page, relation, keys, children)
    if page.latest_revision_id and (as_draft or page.first_published_at) and _content(page) == before:
        _sign_off(page, page.latest_revision, review)
        return
    if isinstance(page, ReviewedPage):
        page.kind_of_change = ""  # what was answered is of another change
    page.full_clean()
    check_lengths(page)
    page.check_draft_to_publish()
    revision = page.save_revision(user=by, log_action=True)
    _sign_off(page, revision, review)
    if not as_draft:
        revision.publish(user=by)


def _sign_off(page: Page, revision: Revision, review: Review | None) -> None:
    """Record a review that is not known yet. One that is known was of the words that came with it."""
    if review is None or not isinstance(page, ReviewedPage):
        return
    if not page.sign_offs.filter(reviewer=review.reviewer, reviewed_on=review.reviewed_on).exists():
        sign_off(page, revision, review.reviewer, reviewed_on=review.reviewed_on, next_due=review.next_due)


def _replace(page: Page, relation: str, keys: Sequence[str], children: Sequence[Model]) -> None:
    """Set the rows of a relation. A row with the same identity as an existing one keeps its primary key."""
    existing = {_identity(row, keys): row.pk for row in getattr(page, relation).all()}
    taken: set[tuple[Any, ...]] = set()
    for position, child in enumerate(children):
        _check(page, relation, position, child)
        if _identity(child, keys) in taken:
            raise ContentError(f"This {child._meta.verbose_name} stands here twice.", (relation, position))
        taken.add(_identity(child, keys))
        child.pk = existing.get(_identity(child, keys))
        child.sort_order = position  # type: ignore[attr-defined]
    setattr(page, relation, children)


def _check(page: Page, relation: str, position: int, child: Model) -> None:
    """Raise ValidationError where a row is not as its form would take it. Its page is not stored yet."""
    own_page = page._meta.get_field(relation).remote_field.name
    try:
        child.full_clean(exclude=[own_page], validate_constraints=False)
        check_lengths(child)
    except ValidationError as error:
        first = next(errors_in(error))
        raise ContentError(first.words, (relation, position, *first.at)) from None


def check_lengths(row: Model) -> None:
    """Raise ValidationError where a text is longer than its form takes: models check only short ones."""
    errors = {}
    for field in row._meta.concrete_fields:
        if isinstance(field, TextField) and field.max_length and not isinstance(field, StreamField):
            try:
                MaxLengthValidator(field.max_length)(getattr(row, field.attname) or "")
            except ValidationError as error:
                errors[field.name] = error
    if errors:
        raise ValidationError(errors)


def _as_read(value: Any) -> Any:
    """Return a value of a block without the ids and keys that an editor's browser gives it."""
    match value:
        case dict():
            return {key: _as_read(inner) for key, inner in value.items() if key != "id"}
        case list():
            return [_as_read(inner) for inner in value]
        case str():
            return BLOCK_KEY.sub("", value)
        case _:
            return value


def _identity(row: Model, keys: Sequence[str]) -> tuple[Any, ...]:
    return tuple(row.serializable_value(key) for key in keys)


def _content(page: Page) -> Fields:
    """Return what an editor can see of the page, for a comparison."""
    content = page.serializable_data()
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            # Stored blocks may leave out empty values; loaded ones do not.
            blocks = [block.get_prep_value() for block in getattr(page, field.name)]
            content[field.name] = [_as_read(block) for block in blocks]
        elif isinstance(content.get(field.name), str):
            content[field.name] = _as_read(content[field.name])
        elif isinstance(field, ParentalManyToManyField):
            content[field.name] = sorted(content[field.name])
    return {name: value for name, value in content.items() if name not in BOOKKEEPING}
