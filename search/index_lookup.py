"""Which pages hold a word at all, as the indexes tell: a search need not look into the others."""

import re
from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import IntegerField, Q, QuerySet
from django.db.models.functions import Cast
from modelsearch.backends.database.postgres.query import Lexeme
from wagtail.models import Page, get_page_models
from wagtail.query import PageQuerySet
from wagtail.search.backends import get_search_backend
from wagtail.search.models import IndexEntry

from core.languages import active_language, in_language
from core.visibility import each_once, public_ids
from search.models import CONFIG, ConditionalWords

#: What stands between words, as for the search backend.
TERMS = re.compile(r"[\s\-]+")


def public_pages_with(words: str) -> PageQuerySet:
    """Return the public pages that hold one of the words, their own or not, readable now or not."""
    query = _any_of(words, CONFIG)
    if query is None:
        return Page.objects.none()
    titled = Page.objects.filter(pk__in=ConditionalWords.objects.order_by().values("title_of")).order_by()
    titled = titled.alias(words=SearchVector("title", config=CONFIG)).filter(words=query)
    of_others = ConditionalWords.objects.filter(Q(vector=query) | Q(title_of__in=titled.values("pk")))
    own = _entries(Q(title=query) | Q(body=query))
    return _public(pk for (pk,) in own.union(of_others.order_by().values_list("page")))


def public_pages_beginning_with(words: str) -> PageQuerySet:
    """Return the public pages of which a name has a word that begins as one of these."""
    query = _any_of(words, get_search_backend().autocomplete_config, prefix=True)
    return Page.objects.none() if query is None else _public(pk for (pk,) in _entries(Q(autocomplete=query)))


def _any_of(words: str, config: str | None, *, prefix: bool = False) -> SearchQuery | None:
    lexemes = [Lexeme(term, prefix=prefix) for term in TERMS.split(words) if term]
    return SearchQuery(reduce(or_, lexemes), search_type="raw", config=config) if lexemes else None


def _entries(condition: Q) -> QuerySet[IndexEntry, tuple[int]]:
    kinds = ContentType.objects.get_for_models(*get_page_models()).values()
    entries = IndexEntry.objects.filter(condition, content_type__in=[kind.pk for kind in kinds])
    return entries.order_by().values_list(Cast("object_id", IntegerField()))


def _public(ids: Iterable[int]) -> PageQuerySet:
    """The search backend takes only conditions on fields that are in its index: hence the inner query."""
    pages = in_language(each_once(Page.objects.filter(pk__in=public_ids(ids))), active_language())
    return Page.objects.filter(pk__in=pages.values("pk"))
