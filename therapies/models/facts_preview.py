"""A second preview of a therapy: its facts in a table, as they stand in comparisons."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from core.models import ReviewedPage

FACTS_MODE = "facts"


class FactsPreview(ReviewedPage):
    """The base of a page with facts: in a preview they stand beside another therapy's where there is one."""

    #: Of a draft whose facts alone are edited: the preview beside them begins with their table.
    shows_facts_first = False

    class Meta:
        abstract = True

    @property
    def default_preview_mode(self) -> str:
        return FACTS_MODE if self.shows_facts_first else super().default_preview_mode

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        return [*super().preview_modes, (FACTS_MODE, _("Facts, in a comparison"))]

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        if mode_name != FACTS_MODE:
            return super().serve_preview(request, mode_name)
        kind: Any = type(self)
        others = kind.objects.published().exclude(pk=self.pk).order_by("title")
        comparison = kind.compare([self, *others[:1]], request=request)
        words = {"page": self, "comparison": comparison}
        return TemplateResponse(request, "previews/therapy_facts.html", words)
