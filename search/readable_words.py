"""What a page says at this moment beside its own words, in SQL: a search asks it of each page found.

A function takes the page's id, and an array of the words that may not be read now (`unreadable_words`). The
title of another page is an inner question: joined, PostgreSQL reads all pages for each page.
"""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVectorField
from django.db.models import BigIntegerField, F, Func, Value
from django.db.models.functions import Cast
from django.db.models.sql.compiler import SQLCompiler

from search.models import CONFIG, unreadable_words
from search.statements import as_array

TITLE = "(SELECT title FROM wagtailcore_page WHERE id = title_of_id)"


def readable_text(page: str, unreadable: str) -> str:
    """Return the words of a page that are not its own and that anyone may read now."""
    return _of_page(f"string_agg(coalesce({TITLE}, text), ' … ')", page, unreadable)


def readable_vector(page: str, unreadable: str) -> str:
    """Return the same words as the search index holds words."""
    title = f"to_tsvector('{CONFIG}', coalesce({TITLE}, ''))"
    vector = f"CASE WHEN title_of_id IS NULL THEN vector ELSE {title} END"
    return _of_page(f"practice_vectors_joined({vector})", page, unreadable)


class ReadableVector(Func):
    """The same for a queryset of pages."""

    output_field = SearchVectorField()

    def __init__(self) -> None:
        unreadable = Value(as_array(unreadable_words()))
        super().__init__(F("pk"), Cast(unreadable, ArrayField(BigIntegerField())))

    def as_sql(self, compiler: SQLCompiler, *args: Any, **kwargs: Any) -> tuple[str, tuple[Any, ...]]:
        (page, _none), (unreadable, params) = map(compiler.compile, self.get_source_expressions())
        return readable_vector(page, unreadable), tuple(params)


def _of_page(joined: str, page: str, unreadable: str) -> str:
    of_page = f"page_id = {page} AND id <> ALL({unreadable})"
    return f"coalesce((SELECT {joined} FROM search_conditionalwords WHERE {of_page}), '')"  # noqa: S608
