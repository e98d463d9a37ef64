"""The groups of a list of pages: those that editors made, then a group for each kind of what is left."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from wagtail.blocks.stream_block import StreamValue
from wagtail.models import Page

from core.content_api.representation.block_values import list_values


@dataclass(frozen=True, slots=True)
class ListGroup:
    """`drawing` is one of `therapies.enums.Drawing`, or empty."""

    heading: str | Promise
    pages: list[Page]
    drawing: str = ""


def list_groups(
    made: StreamValue, pages: Iterable[Page], kinds: type[TextChoices], kind_field: str
) -> list[ListGroup]:
    """Group the pages, all of which may be read; each stands in the first group that names it."""
    left = {page.pk: page for page in pages}
    groups = []
    for block in made.raw_data:
        chosen = [left.pop(pk) for pk in list_values(block["value"]["pages"]) if pk in left]
        groups.append(ListGroup(block["value"]["heading"], chosen, block["value"].get("drawing") or ""))
    for kind in kinds:
        of_kind = [page for page in left.values() if getattr(page, kind_field) == kind]
        groups.append(ListGroup(kind.label, of_kind))
    return [group for group in groups if group.pages]
