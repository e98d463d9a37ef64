"""The directory for one address: therapists, facets, chips, and broader selections where no one fits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.utils.functional import Promise
from wagtail.models import Page as WagtailPage

from core.caching.content_memory import remembered
from therapists.directory.facets import FacetCounts, count_facets
from therapists.directory.filters import (
    PAGE,
    PRICE,
    Facet,
    ParsedQuery,
    Selection,
    directory_facets,
    narrow,
    parse_query,
)
from therapists.directory.listing import ids_in_fair_order, therapists_for_cards
from therapists.models.profiles import TherapistPage
from therapists.models.querysets import TherapistQuerySet

CARDS_A_PAGE = 12


@dataclass(frozen=True)
class ShownOption:
    value: str
    label: str | Promise
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class ShownFacet:
    name: str
    legend: str | Promise
    options: list[ShownOption]
    lead_in: str | Promise
    any_option: str | Promise

    @property
    def chosen(self) -> list[ShownOption]:
        return [option for option in self.options if option.is_chosen]


@dataclass(frozen=True)
class Chip:
    """A choice that is in force, and the address without it."""

    legend: str | Promise
    label: str
    query: str


@dataclass(frozen=True)
class BroaderSelection:
    """Where no one fits: the choices to drop or to keep, and how many therapists that gives."""

    legend: str | Promise
    labels: list[str]
    count: int
    query: str


@dataclass(frozen=True)
class DirectoryResults:
    parsed_query: ParsedQuery
    facets: list[ShownFacet]
    chips: list[Chip]
    #: When no one fits: one facet left out; or, where that finds no one, one facet kept.
    without_one: list[BroaderSelection]
    with_only_one: list[BroaderSelection]
    page: Page
    therapists: list[TherapistPage]

    @property
    def in_sentence(self) -> list[ShownFacet]:
        """The facets of the sentence; one choice each, and an address may hold more."""
        return [facet for facet in self.facets if facet.lead_in]

    @property
    def beside_sentence(self) -> list[ShownFacet]:
        return [facet for facet in self.facets if not facet.lead_in and facet.name != PRICE]

    @property
    def total(self) -> int:
        return self.page.paginator.count

    @property
    def previous_query(self) -> str:
        return self.parsed_query.selection.query(**{PAGE: self.page.previous_page_number()})

    @property
    def next_query(self) -> str:
        return self.parsed_query.selection.query(**{PAGE: self.page.next_page_number()})


def directory_results(directory: WagtailPage, query: QueryDict, on: date) -> DirectoryResults:
    """Find therapists of a directory. An invalid page number gives the first or the last page."""
    facets = directory_facets(on)
    parsed_query = parse_query(query, facets)
    selection = parsed_query.selection
    therapists = TherapistPage.objects.listed_on(directory)
    counts = _counts(directory, selection.query(), on)
    ids = ids_in_fair_order(narrow(therapists, facets, selection), on)
    without_one = [] if ids else _without_one(facets, counts, selection)
    with_only_one = [] if ids or without_one else _with_only_one(therapists, facets, selection)
    page = Paginator(ids, CARDS_A_PAGE).get_page(query.get(PAGE))
    return DirectoryResults(
        parsed_query=parsed_query,
        facets=[_shown(facet, counts, selection) for facet in facets],
        chips=_chips(facets, selection),
        without_one=without_one,
        with_only_one=with_only_one,
        page=page,
        therapists=therapists_for_cards(list(page.object_list)),
    )


@remembered
def _counts(directory: WagtailPage, query: str, on: date) -> FacetCounts:
    facets = directory_facets(on)
    selection = parse_query(QueryDict(query.removeprefix("?")), facets).selection
    return count_facets(TherapistPage.objects.listed_on(directory), facets, selection)


def _shown(facet: Facet, counts: FacetCounts, selection: Selection) -> ShownFacet:
    numbers = counts.options[facet.name]
    options = [
        ShownOption(option.value, option.label, numbers[option.value], option.value in selection[facet.name])
        for option in facet.options
    ]
    if facet.hides_empty_options:
        options = [option for option in options if option.count or option.is_chosen]
    return ShownFacet(facet.name, facet.legend, options, facet.lead_in, facet.any_option)


def _chips(facets: Sequence[Facet], selection: Selection) -> list[Chip]:
    return [
        Chip(facet.legend, facet.label_of(value), selection.without(facet.name, value).query())
        for facet in facets
        for value in selection[facet.name]
    ]


def _without_one(
    facets: Sequence[Facet], counts: FacetCounts, selection: Selection
) -> list[BroaderSelection]:
    """Return the selections without one facet that find someone, the most therapists first."""
    found = [
        BroaderSelection(
            facet.legend,
            [facet.label_of(value) for value in selection[facet.name]],
            counts.without_facet[facet.name],
            selection.without(facet.name).query(),
        )
        for facet in facets
        if counts.without_facet.get(facet.name)
    ]
    return sorted(found, key=lambda broader: -broader.count)


def _with_only_one(
    therapists: TherapistQuerySet, facets: Sequence[Facet], selection: Selection
) -> list[BroaderSelection]:
    """Return the selections of one facet alone that find someone, the most therapists first."""
    found = []
    for facet in facets:
        kept = selection.only(facet.name)
        if selection[facet.name] and (count := narrow(therapists, facets, kept).count()):
            labels = [facet.label_of(value) for value in selection[facet.name]]
            found.append(BroaderSelection(facet.legend, labels, count, kept.query()))
    return sorted(found, key=lambda broader: -broader.count)
