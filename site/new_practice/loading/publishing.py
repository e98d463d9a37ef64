"""Stores pages through revisions, as an editor would, and only where something changed.

Pages link to each other, so each is first created as a draft without its body, and published once all exist.
"""

from collections.abc import Sequence
from typing import Any

from django.db.models import Model
from modelcluster.fields import ParentalManyToManyField
from wagtail.fields import StreamField
from wagtail.models import Page

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


def publish(page: Page, fields: Fields, rows: Rows | None = None, *, as_draft: bool = False) -> None:
    """Set fields and child rows, and publish the page if anything changed: or keep that as a draft."""
    before = _content(page)
    for name, value in fields.items():
        setattr(page, name, value)
    for relation, (keys, children) in (rows or {}).items():
        _replace(page, relation, keys, children)
    if page.first_published_at and _content(page) == before:
        return
    page.full_clean()
    revision = page.save_revision(log_action=True)
    if not as_draft:
        revision.publish()


def _replace(page: Page, relation: str, keys: Sequence[str], children: Sequence[Model]) -> None:
    """Set the rows of a relation. A row with the same identity as an existing one keeps its primary key."""
    existing = {_identity(row, keys): row.pk for row in getattr(page, relation).all()}
    for position, child in enumerate(children):
        child.pk = existing.get(_identity(child, keys))
        child.sort_order = position  # type: ignore[attr-defined]
    setattr(page, relation, children)


def _identity(row: Model, keys: Sequence[str]) -> tuple[Any, ...]:
    return tuple(row.serializable_value(key) for key in keys)


def _content(page: Page) -> Fields:
    """Return what an editor can see of the page, for a comparison."""
    content = page.serializable_data()
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            # Stored blocks may leave out empty values; loaded ones do not.
            content[field.name] = [block.get_prep_value() for block in getattr(page, field.name)]
        elif isinstance(field, ParentalManyToManyField):
            content[field.name] = sorted(content[field.name])
    return {name: value for name, value in content.items() if name not in BOOKKEEPING}
