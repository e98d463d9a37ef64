"""Whom each option of the form would leave: sets of therapists, intersected and counted in a moment.

A set is a number: its bit n stands for the n-th therapist in the fair order of the day. So the thousands of a
directory are one number of some kilobytes. They are read with one query for all options of all facets, when
profiles change; places, which bookings take, with each epoch.
"""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from itertools import compress
from operator import and_, or_

from django.contrib.postgres.expressions import ArraySubquery
from wagtail.models import Page

from core.caching.content_memory import remember_as, remembered
from therapists.directory.filters import (
    CLIENT_GROUP,
    HAS_PLACE,
    PLACE,
    PRICE,
    Facet,
    Selection,
    directory_facets,
)
from therapists.directory.listing import acceptance, fair_order
from therapists.models.availability import Availability, WeeklyWindow
from therapists.models.practice import ClientGroupFee, TherapistConcern, TherapistTherapy
from therapists.models.profiles import TherapistPage

#: What decides on whom an option leaves, but for places. A test holds the query against it.
DEPENDS_ON = (TherapistPage, TherapistConcern, TherapistTherapy, ClientGroupFee, Availability, WeeklyWindow)

#: By facet and option.
type IdsOfOptions = Mapping[str, Mapping[str, Sequence[int]]]
type SetsOfOptions = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class FacetSets:
    """The therapists of a directory, and whom each option leaves. Within a facet any choice is enough."""

    #: In the fair order of the day.
    therapists: Sequence[int]
    options: SetsOfOptions
    #: By client group: whom a session with the group's fee leaves within the budget.
    affordable: Mapping[str, int]

    def fitting(self, selection: Selection) -> int:
        """Return whom all choices leave."""
        chosen = (self._of_facet(facet, selection) for facet in selection.chosen)
        return reduce(and_, chosen, (1 << len(self.therapists)) - 1)

    def counts(self, facet: Facet, selection: Selection) -> dict[str, int]:
        """Return for each option how many it would leave as the only choice of its facet."""
        others = self.fitting(selection.without(facet.name))
        options = self._options(facet.name, selection)
        return {option: (others & them).bit_count() for option, them in options.items()}

    def in_order(self, them: int) -> list[int]:
        """Return the ids of a set."""
        return list(compress(self.therapists, map(int, reversed(f"{them:b}"))))

    def _of_facet(self, name: str, selection: Selection) -> int:
        options = self._options(CLIENT_GROUP if name == PRICE else name, selection)
        chosen = (selection[CLIENT_GROUP] or options) if name == PRICE else selection[name]
        return reduce(or_, (options[value] for value in chosen), 0)

    def _options(self, facet: str, selection: Selection) -> Mapping[str, int]:
        is_priced = facet == CLIENT_GROUP and selection.budget is not None
        return self.affordable if is_priced else self.options[facet]


def facet_sets(directory: Page, selection: Selection, on: date) -> FacetSets:
    therapists, options = _sets(directory, on)
    affordable = _affordable(directory, selection[PRICE], on) if selection[PRICE] else {}
    return FacetSets(therapists, options, affordable)


@remembered
def _sets(directory: Page, on: date) -> tuple[Sequence[int], SetsOfOptions]:
    accepts = acceptance(TherapistPage.objects.listed_on(directory), on)
    therapists = fair_order(accepts, on)
    of_profiles = whom_options_leave(facet for facet in directory_facets(on) if facet.name != PLACE)
    has_place = {HAS_PLACE: [pk for pk, is_accepting in accepts if is_accepting]}
    return therapists, _as_sets(therapists, {**of_profiles, PLACE: has_place})


@remembered
def _affordable(directory: Page, price: tuple[str, ...], on: date) -> Mapping[str, int]:
    """Return by client group who sees it for that price."""
    facets = [facet for facet in directory_facets(on) if facet.name == CLIENT_GROUP]
    them = _read(facets, Selection({PRICE: price}))  # whoever asks for many prices fills no memory with ids
    therapists, _options = _sets(directory, on)
    return _as_sets(therapists, them)[CLIENT_GROUP]


def whom_options_leave(facets: Iterable[Facet]) -> IdsOfOptions:
    """Return the ids of profiles, of any directory, published or not."""
    facets = tuple(facets)
    options = tuple((facet.name, option.value, option.page) for facet in facets for option in facet.options)
    tables = frozenset(model._meta.db_table for model in DEPENDS_ON)
    return remember_as((whom_options_leave, options), lambda: _read(facets, Selection()), tables)


def _read(facets: Sequence[Facet], selection: Selection) -> IdsOfOptions:
    """With one query. Of one directory alone, each therapist would be looked up for each option."""
    everyone = TherapistPage.objects.order_by()
    wanted = {
        (facet.name, option.value): ArraySubquery(
            facet.narrow(everyone, (option.value,), selection).values("pk")
        )
        for facet in facets
        for option in facet.options
    }
    found = everyone.values_list(*wanted.values()).first() or [[] for _option in wanted]
    ids: dict[str, dict[str, Sequence[int]]] = {facet.name: {} for facet in facets}
    for (facet_name, value), them in zip(wanted, found, strict=True):
        ids[facet_name][value] = array("Q", them)  # a list would take nine times the place
    return ids


def _as_sets(therapists: Sequence[int], ids: IdsOfOptions) -> SetsOfOptions:
    positions = {pk: position for position, pk in enumerate(therapists)}

    def as_set(them: Iterable[int]) -> int:
        bits = bytearray(len(therapists) // 8 + 1)
        for position in map(positions.__getitem__, positions.keys() & them):
            bits[position >> 3] |= 1 << (position & 7)
        return int.from_bytes(bits, "little")

    return {facet: {value: as_set(them) for value, them in options.items()} for facet, options in ids.items()}
