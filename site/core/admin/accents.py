"""Lists of the admin that are searched in the database, such as accounts, find words without their accents.

Those that are searched in the index do so by its configuration (`search.backend`).
"""

from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import CharField, Model, Q, QuerySet, TextField
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.search.index import class_is_indexed

_search_index = BaseListingView.search_queryset


def find_without_accents() -> None:
    BaseListingView.search_queryset = search_queryset


def search_queryset(view: Any, queryset: QuerySet[Any]) -> QuerySet[Any]:
    if not view.is_searching or (class_is_indexed(queryset.model) and view.search_backend_name):
        return _search_index(view, queryset)
    query = Q()
    for name in view.search_fields or []:
        lookup = "unaccent__icontains" if _is_text(queryset.model, name) else "icontains"
        query |= Q(**{f"{name}__{lookup}": view.search_query})
    return queryset.filter(query)


def _is_text(model: type[Model], name: str) -> bool:
    try:
        return isinstance(model._meta.get_field(name), CharField | TextField)
    except FieldDoesNotExist:  # it is one of a related record
        return False
