"""A comparison that no editor wrote a page for, as its address, search engines and shared links show it."""

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.text import get_text_list
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from core.seo import structured_data as schema
from therapies import structured_data
from therapies.comparing import pairs
from therapies.comparing.comparison import Comparison
from therapies.comparing.recorded import comparison_of

if TYPE_CHECKING:
    from therapies.models import TherapyIndexPage, TherapyPage


class UnwrittenComparison:
    """Made from the facts alone. The therapies stand in the order of the address."""

    kind_label: str | Promise = gettext_lazy("Comparison")
    schema_type = "MedicalWebPage"
    shared_image = None

    def __init__(
        self, index: "TherapyIndexPage", therapies: Sequence["TherapyPage"], request: HttpRequest
    ) -> None:
        self.index = index
        self.therapies = therapies
        self.request = request

    @cached_property
    def comparison(self) -> Comparison:
        return comparison_of(self.therapies, request=self.request)

    @property
    def title(self) -> str:
        """In short, for the top of the page: “ACT or CBT”."""
        return get_text_list([therapy.short_name for therapy in self.therapies], _("or"))

    @property
    def share_title(self) -> str:
        """In full, because away from the page nothing says what the letters stand for."""
        return get_text_list([therapy.title for therapy in self.therapies], _("or"))

    @property
    def description(self) -> str:
        names = get_text_list([therapy.title for therapy in self.therapies], _("and"))
        return _("How they differ, side by side, with sources and dates: %(names)s.") % {"names": names}

    @property
    def address(self) -> str:
        """Below the list of therapies."""
        return f"compare/{pairs.address(therapy.compare_name for therapy in self.therapies)}/"

    def get_full_url(self, request: HttpRequest) -> str:
        return f"{self.index.get_full_url(request)}{self.address}"

    def structured_data(self, request: HttpRequest) -> list[schema.Node]:
        """As of a written comparison, but for a review: nobody has read the whole of it and signed it."""
        url = self.get_full_url(request)
        trail = [(page.title, page.get_full_url(request)) for page in self.index.path_to_comparisons()]
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
            "about": [therapy.as_treatment(request) for therapy in self.therapies],
            "citation": structured_data.citations(self.comparison.sources),
        }
        return schema.extended([page, schema.breadcrumbs(url, [*trail, (self.title, url)])], more)
