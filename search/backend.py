"""Wagtail's PostgreSQL search backend, which also finds pages by words that depend on other records.

Pages saved at the same time cannot deadlock.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.search import SearchQuery, TrigramWordSimilarity
from django.db import transaction
from django.db.models import Avg, Expression, F, FloatField, Func, IntegerField, QuerySet, TextField, Value
from django.db.models.functions import Concat, Greatest, Length
from modelsearch.backends.database.postgres.postgres import (
    PostgresIndex,
    PostgresSearchBackend,
    PostgresSearchQueryCompiler,
)
from wagtail.models import Page

from core.models import BasePage
from search.models import CONFIG, ConditionalWords
from search.readable_words import readable_text, readable_vector


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
        if self._is_about_pages:
            body = body._combine(readable_vector(), "||", False)
        return [title, (body, boost)]

    def _build_fuzzy_queryset(self, config: Any, backend: Any) -> tuple[QuerySet[Any], Expression]:
        if not self._is_about_pages:
            return super()._build_fuzzy_queryset(config, backend)
        words = self.query.query_string
        body = Concat("index_entries__body_text", Value(" "), readable_text(), output_field=TextField())
        like_title = TrigramWordSimilarity(words, "index_entries__title_text")
        like_body = TrigramWordSimilarity(words, body)
        rank = Greatest(like_title * F("index_entries__title_norm"), like_body, output_field=FloatField())
        alike = Greatest(like_title, like_body, output_field=FloatField())
        # “Where are you” is like any page: of words that stand in every text none is looked for.
        terms = Func(SearchQuery(words, config=CONFIG), function="numnode", output_field=IntegerField())
        found = self.queryset.alias(alike=alike, terms=terms)
        return found.filter(terms__gt=0, alike__gte=backend.fuzzy_similarity_threshold), rank

    @property
    def _is_about_pages(self) -> bool:
        return issubclass(self.queryset.model, Page)


class SearchBackend(PostgresSearchBackend):
    index_class = PageIndex
    query_compiler_class = SearchQueryCompiler

    def __init__(self, params: dict[str, Any]) -> None:
        super().__init__(params)
        # Unstemmed like the library's own, and without accents.
        self.autocomplete_config = "practice_beginnings"
