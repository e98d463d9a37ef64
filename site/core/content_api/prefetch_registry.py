"""A registry of what is prefetched with rows of a model, so that no list costs a query per row."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import Model, QuerySet

type AddPrefetch = Callable[[Any], QuerySet[Any]]
type LookUp = Callable[[Sequence[Any]], None]
type PrepareDraft = Callable[[Any], None]

_prefetches: dict[type[Model], AddPrefetch] = {}
_lookups: dict[type[Model], LookUp] = {}
_preparations: dict[type[Model], PrepareDraft] = {}


def register_prefetch(model: type[Model]) -> Callable[[AddPrefetch], AddPrefetch]:
    """Register a function that adds to a queryset what API fields of a model, abstract or not, need."""

    def register(add: AddPrefetch) -> AddPrefetch:
        _prefetches[model] = add
        return add

    return register


def prefetch_for_api(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Return the rows with what is registered for their model and its base classes."""
    for model in reversed(rows.model.__mro__):
        if model in _prefetches:
            rows = _prefetches[model](rows)
    return rows


def register_lookup(model: type[Model]) -> Callable[[LookUp], LookUp]:
    """Register a function that looks up for all rows what each will ask the content memory for."""

    def register(look_up: LookUp) -> LookUp:
        _lookups[model] = look_up
        return look_up

    return register


def look_up_for_api(rows: Sequence[Model]) -> None:
    """Look up what is registered for the rows' own models."""
    for model in {type(row) for row in rows} & _lookups.keys():
        _lookups[model]([row for row in rows if type(row) is model])


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
