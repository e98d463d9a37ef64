"""Addresses that open the editor of a page at one of its fields. Previews alone carry them.

Wagtail's editor opens the tab of the field whose "content path" stands in the fragment of its address: the
name of the field, and in a stream the id of a block after a dot. `edit_field.js` does the rest.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from django.http import HttpRequest
from django.urls import reverse
from wagtail.admin.panels import FieldPanel, InlinePanel, Panel, PanelGroup
from wagtail.models import Page

FRAGMENT = "#:w:contentpath="


@dataclass(frozen=True, slots=True)
class EditLinks:
    #: The address of the editor. Empty for a page that was never saved: it has none of its own.
    editor: str

    @classmethod
    def of(cls, page: Page, request: HttpRequest) -> Self:
        """Return those of a page. The request is one to the admin, whose host they lead to."""
        if page.pk is None:
            return cls("")
        return cls(request.build_absolute_uri(reverse("wagtailadmin_pages:edit", args=[page.pk])))

    def to(self, *path: str) -> str:
        return f"{self.editor}{FRAGMENT}{'.'.join(path)}"


def edited_fields(model: type[Page]) -> frozenset[str]:
    """Return the names of the fields and relations that the editor of a type of page has a panel for."""
    return frozenset(_names_in(model.get_edit_handler()))


def _names_in(panel: Panel) -> Iterator[str]:
    match panel:
        case FieldPanel():
            yield panel.field_name
        case InlinePanel():
            yield panel.relation_name
        case PanelGroup():
            for child in panel.children:
                yield from _names_in(child)
