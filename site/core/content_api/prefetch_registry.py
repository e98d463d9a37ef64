"""A registry of what is prefetched with rows of a model, so that no list costs a query per row."""

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from typing import Any

from django.db.models import Model, QuerySet

type AddPrefetch = Callable[[Any], QuerySet[Any]]
type LookUp = Callable[[Sequence[Any], Collection[str]], None]
type PrepareDraft = Callable[[Any], None]

#: By model: the fields that need it, or none where every answer does.
_prefetches: defaultdict[type[Model], list[tuple[frozenset[str], AddPrefetch]]] = defaultdict(list)
_lookups: dict[type[Model], LookUp] = {}
_preparations: dict[type[Model], PrepareDraft] = {}


def register_prefetch(model: type[Model], *fields: str) -> Callable[[AddPrefetch], AddPrefetch]:
    """Register a function that adds to a queryset what these API fields of a model, abstract or not, need.

    What describes a page to search engines may need any of them.
    """

    def register(add: AddPrefetch) -> AddPrefetch:
        _prefetches[model].append((frozenset({*fields, "seo"}) if fields else frozenset(), add))
        return add

    return register


def prefetch_for_api(rows: QuerySet[Any], chosen: Collection[str] | None = None) -> QuerySet[Any]:
    """Return the rows with what the chosen fields need, or all fields.

    It is registered for their model and its base classes.
    """
    for model in reversed(rows.model.__mro__):
        for fields, add in _prefetches.get(model, ()):
            if chosen is None or not fields or not fields.isdisjoint(chosen):
                rows = add(rows)
    return rows


def register_lookup(model: type[Model]) -> Callable[[LookUp], LookUp]:
    """Register a function that looks up for all rows what the chosen fields of each will ask for."""

    def register(look_up: LookUp) -> LookUp:
        _lookups[model] = look_up
        return look_up

    return register


def look_up_for_api(rows: Sequence[Model], chosen: Collection[str]) -> None:
    """Look up what is registered for the rows' own models."""
    for model in {type(row) for row in rows} & _lookups.keys():
        _lookups[model]([row for row in rows if type(row) is model], chosen)


def register_draft_preparation(model: type[Model]) -> Callable[[PrepareDraft], PrepareDraft]:
    """Register a function that does the same for a draft, which exists in memory only.

    It also removes what refers to something that is not public.
    """

    def register(prepare: PrepareDraft) -> PrepareDraft:
        _preparations[model] = prepare
        return prepare

    return register


def prepare_draft(page: Model) -> None:
    for model in reversed(type(page).__mro__):
        if model in _preparations:
            _preparations[model](page)
