"""What is read together with rows of a model, so that a list of fifty costs as many queries as one of one."""

from collections.abc import Callable
from typing import Any

from django.db.models import Model, QuerySet

type ReadWith = Callable[[Any], QuerySet[Any]]
type Prepare = Callable[[Any], None]

_read_with: dict[type[Model], ReadWith] = {}
_prepare: dict[type[Model], Prepare] = {}


def read_with(model: type[Model]) -> Callable[[ReadWith], ReadWith]:
    """Register what an app's API fields of a model, abstract or not, need beside its rows."""

    def register(add: ReadWith) -> ReadWith:
        _read_with[model] = add
        return add

    return register


def with_all_shown(rows: QuerySet[Any]) -> QuerySet[Any]:
    for model in reversed(rows.model.__mro__):
        if model in _read_with:
            rows = _read_with[model](rows)
    return rows


def prepares_draft(model: type[Model]) -> Callable[[Prepare], Prepare]:
    """Register the same for a page of a model that stands in memory only.

    What in it speaks of something that is not public is taken out.
    """

    def register(prepare: Prepare) -> Prepare:
        _prepare[model] = prepare
        return prepare

    return register


def prepare_draft(page: Model) -> None:
    for model in reversed(type(page).__mro__):
        if model in _prepare:
            _prepare[model](page)
