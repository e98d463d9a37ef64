"""The directory as a visitor sees it for one address: therapists, facets, chips, and what to loosen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.utils.functional import Promise

from therapists.directory.facets import FacetCounts, count_facets
from therapists.directory.filters import (
    PAGE,
    PRICE,
    Facet,
    Reading,
    Selection,
    directory_facets,
    narrow,
    read,
)
from therapists.directory.listing import cards, ids_in_fair_order
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

    @property
    def is_price(self) -> bool:
        return self.name == PRICE

    @property
    def chosen_count(self) -> int:
        return sum(option.is_chosen for option in self.options)


@dataclass(frozen=True)
class Chip:
    """A choice that is in force, and the address without it."""

    legend: str | Promise
    label: str
    query: str


@dataclass(frozen=True)
class WayOut:
    """Where no one fits: choices to drop or to keep, and how many therapists that gives."""

    legend: str | Promise
    labels: list[str]
    count: int
    query: str


@dataclass(frozen=True)
class DirectoryResults:
    reading: Reading
    facets: list[ShownFacet]
    chips: list[Chip]
    #: When no one fits: one question left out; or, where that is not enough, one question kept.
    loosenings: list[WayOut]
    keepings: list[WayOut]
    page: Page
    therapists: list[TherapistPage]

    @property
    def total(self) -> int:
        return self.page.paginator.count

    @property
    def previous_query(self) -> str:
        return self.reading.selection.query(**{PAGE: self.page.previous_page_number()})

    @property
    def next_query(self) -> str:
        return self.reading.selection.query(**{PAGE: self.page.next_page_number()})


def directory_results(therapists: TherapistQuerySet, query: QueryDict, on: date) -> DirectoryResults:
    """`therapists`: all who may be shown. A page number that is none shows the first or the last page."""
    facets = directory_facets(on)
    reading = read(query, facets)
    selection = reading.selection
    counts = count_facets(therapists, facets, selection)
    ids = ids_in_fair_order(narrow(therapists, facets, selection), on)
    loosenings = [] if ids else _loosenings(facets, counts, selection)
    keepings = [] if ids or loosenings else _keepings(therapists, facets, selection)
    page = Paginator(ids, CARDS_A_PAGE).get_page(query.get(PAGE))
    return DirectoryResults(
        reading=reading,
        facets=[_shown(facet, counts, selection) for facet in facets],
        chips=_chips(facets, selection),
        loosenings=loosenings,
        keepings=keepings,
        page=page,
        therapists=cards(list(page.object_list)),
    )


def _shown(facet: Facet, counts: FacetCounts, selection: Selection) -> ShownFacet:
    numbers = counts.options[facet.name]
    options = [
        ShownOption(option.value, option.label, numbers[option.value], option.value in selection[facet.name])
        for option in facet.options
    ]
    if facet.hides_empty_options:
        options = [option for option in options if option.count or option.is_chosen]
    return ShownFacet(facet.name, facet.legend, options)


def _chips(facets: Sequence[Facet], selection: Selection) -> list[Chip]:
    return [
        Chip(facet.legend, facet.label_of(value), selection.without(facet.name, value).query())
        for facet in facets
        for value in selection[facet.name]
    ]


def _loosenings(facets: Sequence[Facet], counts: FacetCounts, selection: Selection) -> list[WayOut]:
    """Those that would help, the most helpful first."""
    found = [
        WayOut(
            facet.legend,
            [facet.label_of(value) for value in selection[facet.name]],
            counts.loosened[facet.name],
            selection.without(facet.name).query(),
        )
        for facet in facets
        if counts.loosened.get(facet.name)
    ]
    return sorted(found, key=lambda way: -way.count)


def _keepings(therapists: TherapistQuerySet, facets: Sequence[Facet], selection: Selection) -> list[WayOut]:
    """What each question alone would give, the most first."""
    found = []
    for facet in facets:
        kept = selection.only(facet.name)
        if selection[facet.name] and (count := narrow(therapists, facets, kept).count()):
            labels = [facet.label_of(value) for value in selection[facet.name]]
            found.append(WayOut(facet.legend, labels, count, kept.query()))
    return sorted(found, key=lambda way: -way.count)
