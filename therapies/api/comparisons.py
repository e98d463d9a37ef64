"""`comparisons/`: every pair of therapies, and any two to four of them side by side."""

from collections.abc import Sequence
from itertools import combinations
from typing import Literal, NotRequired, TypedDict

from django.http import Http404
from django.urls import URLPattern, path, reverse

from core.caching.surrogate_keys import NEWLY_PUBLIC, answer_keys, type_key
from core.content_api.endpoints.pages import pages_here
from core.content_api.localized_views import LOCALE, LocalizedEndpoint
from core.content_api.parameters import Parameter
from core.content_api.representation.absolute_urls import absolute, on_site
from core.content_api.representation.answer_types import Url, attribute_docstrings
from core.content_api.representation.links import PageReference, page_reference
from core.languages import active_language, in_language
from therapies.api.tables import Table
from therapies.compare_urls import comparison_url
from therapies.comparing import pairs
from therapies.models import ComparisonPage, TherapyIndexPage, TherapyPage
from therapies.serializers import ComparedTherapyAnswer, compared_therapy


@attribute_docstrings
class PairReference(TypedDict):
    """Where a comparison is found."""

    address: str
    """The last part of the one right address."""
    url: Url
    """The page that shows it on the site."""
    detail_url: Url
    page: PageReference | None
    """What an editor wrote about this pair."""


class PairAnswer(PairReference):
    """Two to four therapies side by side."""

    table: Table


@attribute_docstrings
class ListedPairAnswer(PairReference):
    """Two therapies that can be compared."""

    therapies: list[ComparedTherapyAnswer]
    table: NotRequired[Table]
    """With `fields=table`."""


class PairsAnswer(TypedDict):
    items: list[ListedPairAnswer]


MORE_FIELDS = Parameter[list[str] | None](
    "fields",
    list[Literal["*", "table"]],
    "`table`, or `*`, adds the table of each pair.",
    examples=[["table"]],
)


class ComparisonEndpoint(LocalizedEndpoint):
    def index(self) -> TherapyIndexPage:
        indexes = in_language(pages_here(TherapyIndexPage.objects.all(), self.request), active_language())
        index = indexes.order_by("path").first()
        if index is None:
            raise Http404
        return index

    def reference(
        self, index: TherapyIndexPage, therapies: Sequence[TherapyPage], written: ComparisonPage | None
    ) -> PairReference:
        names = [therapy.compare_name for therapy in therapies]
        address = pairs.address(names)
        detail = reverse("wagtailapi_v2:comparisons:detail", kwargs={"address": address})
        return {
            "address": address,
            "url": on_site(comparison_url(index, names, self.request), self.request),
            "detail_url": absolute(detail, self.request),
            "page": page_reference(written, self.request) if written else None,
        }


class ComparisonAPIView(ComparisonEndpoint):
    """Any two to four public therapies side by side, prepared by an editor or not."""

    operation_id = "compareTherapies"
    parameters = (
        Parameter(
            "address",
            str,
            "Abbreviations or slugs of therapies, with `-vs-` between them.",
            location="path",
            examples=["dit-vs-ipt"],
        ),
        LOCALE,
    )
    problems = frozenset({"not-found"})

    def answer(self, address: str) -> PairAnswer:
        index = self.index()
        therapies = index.therapies_at(address)
        written = pages_here(ComparisonPage.objects.of(therapies), self.request).first()
        if written is None:
            answer_keys(self.request).add(NEWLY_PUBLIC)
        table = Table(tuple(therapy.pk for therapy in therapies))
        return {**self.reference(index, therapies, written), "table": table}


class ComparisonsAPIView(ComparisonEndpoint):
    """Every pair of therapies, prepared by an editor or not.

    All at once, by the names of the therapies: for builds of static sites, and for links between the pages.
    """

    operation_id = "listComparisons"
    parameters = (LOCALE, MORE_FIELDS)
    problems = frozenset({"not-found"})

    def answer(self) -> PairsAnswer:
        answer_keys(self.request).add(
            *(type_key(model._meta.label) for model in (TherapyPage, ComparisonPage))
        )
        index = self.index()
        therapies = sorted(index.therapies(), key=lambda therapy: therapy.compare_name)
        written = {
            frozenset({page.first_id, page.second_id}): page
            for page in pages_here(ComparisonPage.objects.all(), self.request)
        }
        shown = {
            therapy.pk: compared_therapy(therapy.as_shown(self.request), self.request)
            for therapy in therapies
        }
        rows: list[ListedPairAnswer] = [
            {
                **self.reference(index, pair, written.get(frozenset(therapy.pk for therapy in pair))),
                "therapies": [shown[therapy.pk] for therapy in pair],
            }
            for pair in combinations(therapies, pairs.FEWEST)
        ]
        if self.arguments[MORE_FIELDS]:
            for row in rows:
                row["table"] = Table(tuple(therapy["id"] for therapy in row["therapies"]))
        return {"items": rows}

    @classmethod
    def get_urlpatterns(cls) -> list[URLPattern]:
        return [
            path("", cls.as_view(), name="listing"),
            path("<str:address>/", ComparisonAPIView.as_view(), name="detail"),
        ]
