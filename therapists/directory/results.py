"""The directory for one address: therapists, facets, chips, and broader selections where no one fits."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.utils.functional import Promise
from wagtail.models import Page as WagtailPage

from therapists.directory.facets import FacetSets, facet_sets
from therapists.directory.filters import (
    PAGE,
    PRICE,
    Facet,
    ParsedQuery,
    Selection,
    directory_facets,
    parse_query,
)
from therapists.directory.listing import therapists_for_cards
from therapists.models.profiles import TherapistPage

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
    sets = facet_sets(directory, selection, on)
    ids = sets.in_order(sets.fitting(selection))
    without_one = [] if ids else _without_one(facets, sets, selection)
    with_only_one = [] if ids or without_one else _with_only_one(facets, sets, selection)
    page = Paginator(ids, CARDS_A_PAGE).get_page(query.get(PAGE))
    return DirectoryResults(
        parsed_query=parsed_query,
        facets=[_shown(facet, sets, selection) for facet in facets],
        chips=_chips(facets, selection),
        without_one=without_one,
        with_only_one=with_only_one,
        page=page,
        therapists=therapists_for_cards(list(page.object_list)),
    )


def _shown(facet: Facet, sets: FacetSets, selection: Selection) -> ShownFacet:
    numbers = sets.counts(facet, selection)
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


def _without_one(facets: Sequence[Facet], sets: FacetSets, selection: Selection) -> list[BroaderSelection]:
    """Return the selections without one facet that find someone, the most therapists first."""
    return _broader(facets, sets, selection, selection.without)


def _with_only_one(facets: Sequence[Facet], sets: FacetSets, selection: Selection) -> list[BroaderSelection]:
    """Return the selections of one facet alone that find someone, the most therapists first."""
    return _broader(facets, sets, selection, selection.only)


def _broader(
    facets: Sequence[Facet], sets: FacetSets, selection: Selection, kept: Callable[[str], Selection]
) -> list[BroaderSelection]:
    found = []
    for facet in facets:
        values, broader = selection[facet.name], kept(facet.name)
        if values and (count := sets.fitting(broader).bit_count()):
            labels = [facet.label_of(value) for value in values]
            found.append(BroaderSelection(facet.legend, labels, count, broader.query()))
    return sorted(found, key=lambda broader: -broader.count)
