"""Wagtail's PostgreSQL search backend, which also finds pages by words that depend on other records.

Pages saved at the same time cannot deadlock.
"""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Avg, Expression, F
from django.db.models.functions import Length
from modelsearch.backends.database.postgres.postgres import (
    PostgresIndex,
    PostgresSearchBackend,
    PostgresSearchQueryCompiler,
)
from wagtail.models import Page

from core.models import BasePage
from search.models import ConditionalWords
from search.readable_words import ReadableVector


class PageIndex(PostgresIndex):
    def add_items(self, model: type, objs: Iterable[Any]) -> None:
        """Store the conditional words of pages beside their own, in one transaction."""
        objs = list(objs)
        with transaction.atomic(using=self.write_connection.alias):
            super().add_items(model, objs)
            if issubclass(model, BasePage):
                ConditionalWords.store(objs)

    def _refresh_title_norms(self, full: bool = False) -> None:
        """Set the weight of new titles, except those that another transaction has locked and will set itself.

        The library updates every row that has the default weight, those of others among them. Two
        transactions that wait for each other's row are a deadlock, and one of the two pages is not saved.
        """
        if full:
            super()._refresh_title_norms(full=True)
            return
        with transaction.atomic(using=self.write_connection.alias):
            unweighed = self.entries.filter(title_norm=1.0).select_for_update(skip_locked=True)
            free = list(unweighed.values_list("pk", flat=True))
            titles = self.entries.annotate(length=Length("title")).filter(length__gt=0)
            average = titles.aggregate(average=Avg("length"))["average"]
            titles.filter(pk__in=free).update(title_norm=average / F("length"))


class SearchQueryCompiler(PostgresSearchQueryCompiler):
    """Looks into what a page says now: its own words, and those that may be read at this moment."""

    def get_index_vectors(self, search_query: Any) -> list[tuple[Expression, Any]]:
        title, (body, boost) = super().get_index_vectors(search_query)
        if issubclass(self.queryset.model, Page):
            body = body._combine(ReadableVector(), "||", False)
        return [title, (body, boost)]


class SearchBackend(PostgresSearchBackend):
    index_class = PageIndex
    query_compiler_class = SearchQueryCompiler

    def __init__(self, params: dict[str, Any]) -> None:
        super().__init__(params)
        # Unstemmed like the library's own, and without accents.
        self.autocomplete_config = "practice_beginnings"
