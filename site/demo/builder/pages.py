"""Publishes pages through their revisions, as an editor would, and only where something changed."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Model
from wagtail.models import Page

Fields = dict[str, Any]
#: The rows of one child relation, and the fields that tell them apart: `("dimension",)`.
Rows = tuple[tuple[str, ...], list[Model]]


def publish[P: Page](
    kind: type[P], parent: Page, slug: str, fields: Fields, rows: dict[str, Rows] | None = None
) -> P:
    """Make or correct the page of this slug, and publish it if that changed anything."""
    page = kind.objects.child_of(parent).filter(slug=slug).first() or kind(slug=slug)
    is_new = page.pk is None
    before = None if is_new else _content(page)
    for name, value in fields.items():
        setattr(page, name, value)
    for relation, (keys, children) in (rows or {}).items():
        _replace(page, relation, keys, children)
    if not is_new and _content(page) == before:
        return page
    if is_new:
        parent.add_child(instance=page)
    else:
        page.full_clean()
    page.save_revision(log_action=True).publish()
    return page


def _replace(page: Page, relation: str, keys: Sequence[str], children: list[Model]) -> None:
    """Set the rows of a relation, each keeping the identity of the row that stood for the same thing."""
    manager = getattr(page, relation)
    standing = {_identity(row, keys): row for row in manager.all()}
    for position, child in enumerate(children):
        if hasattr(child, "sort_order"):
            child.sort_order = position
        if row := standing.get(_identity(child, keys)):
            child.pk = row.pk
    setattr(page, relation, children)


def _identity(row: Model, keys: Sequence[str]) -> tuple[Any, ...]:
    return tuple(row.serializable_value(key) for key in keys)


def _content(page: Page) -> Fields:
    """What an editor can see of the page, to be compared with itself."""
    content = page.serializable_data()
    return {name: value for name, value in content.items() if name not in BOOKKEEPING}


#: Set by publishing itself.
BOOKKEEPING = {
    "draft_title",
    "first_published_at",
    "has_unpublished_changes",
    "last_published_at",
    "latest_revision",
    "latest_revision_created_at",
    "live_revision",
}
