"""A comparison without a page of an editor: its titles, description and structured data."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.text import get_text_list
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from core.seo import structured_data as schema
from therapies import structured_data
from therapies.comparing import pairs
from therapies.comparing.comparison import Comparison


@dataclass(frozen=True)
class GeneratedComparison:
    """A subject for `core.seo`, made from the facts alone.

    `trail` holds the title and the full address of each page from the front page to the list of therapies,
    which is the last; `treatments` describes the therapies to search engines, in the order of the table.
    """

    comparison: Comparison
    trail: Sequence[tuple[str, str]]
    treatments: Sequence[schema.Node]

    kind_label: ClassVar[str | Promise] = gettext_lazy("Comparison")
    schema_type: ClassVar[str] = "MedicalWebPage"
    shared_image: ClassVar[None] = None

    @property
    def title(self) -> str:
        """In short, for the top of the page: “ACT or CBT”."""
        return get_text_list([therapy.short_name for therapy in self.comparison.therapies], _("or"))

    @property
    def share_title(self) -> str:
        """In full, because away from the page nothing explains the abbreviations."""
        return get_text_list([therapy.title for therapy in self.comparison.therapies], _("or"))

    @property
    def description(self) -> str:
        names = get_text_list([therapy.title for therapy in self.comparison.therapies], _("and"))
        return _("How they differ, side by side, with sources and dates: %(names)s.") % {"names": names}

    def get_canonical_url(self, request: HttpRequest) -> str:
        _title, list_url = self.trail[-1]
        return f"{list_url}{pairs.path_below_list(self.comparison.names)}"

    def structured_data(self, request: HttpRequest) -> list[schema.Node]:
        """As of a written comparison, but without a review: nobody has signed the whole of it off."""
        url = self.get_canonical_url(request)
        page = schema.web_page(
            self.schema_type,
            url,
            name=self.share_title,
            description=self.description,
            language=get_language() or "",
            published=None,
            modified=None,
        )
        more = {
            "about": list(self.treatments),
            "citation": structured_data.citations(self.comparison.references),
        }
        return schema.extended([page, schema.breadcrumbs(url, [*self.trail, (self.title, url)])], more)
