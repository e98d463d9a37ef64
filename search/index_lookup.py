"""Which pages hold a word at all, as the indexes tell: a search need not look into the others."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import reduce
from heapq import nlargest
from itertools import batched, chain
from math import pi
from operator import or_
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db import connection
from django.db.models import BooleanField, F, Func, IntegerField, Q, QuerySet, Value
from django.db.models.functions import Cast
from modelsearch.backends.database.postgres.query import Lexeme
from modelsearch.backends.database.postgres.weights import WEIGHTS_VALUES, get_sql_weights
from wagtail.models import Page, get_page_models
from wagtail.query import PageQuerySet
from wagtail.search.backends import get_search_backend
from wagtail.search.models import IndexEntry

from core.caching.content_memory import remembered
from core.languages import active_language, in_language
from core.visibility import each_once, public_ids
from search.models import CONFIG, ConditionalWords

#: So many pages are ranked by all that they say. Nobody reads on to the last of them.
MOST_RANKED = 200
#: What stands between words, as for the search backend.
TERMS = re.compile(r"[\s\-]+")
#: Of a page, in its entry of the index.
OBJECT_ID = Cast("object_id", IntegerField())
#: The most that words in a text can count, as a multiple of a text's greatest weight, the second of the four:
#: `ts_rank` adds the best place to a sum over all, 1/n² for the n-th, and divides by what 1/n² sums up to.
MOST_OF_BODY = 1 + 6 / pi**2


class IsOneOf(Func):
    """Is true where a value is in an array."""

    template, arg_joiner = "%(expressions)s)", " = ANY("
    output_field = BooleanField()


def public_pages_with(words: str) -> PageQuerySet:
    """Return the public pages that hold one of the words, their own or not, readable now or not.

    Where very many do, return one more than `MOST_RANKED`: those that hold most of the words, and of these
    the ones whose own words fit best.
    """
    query = _any_of(words, CONFIG)
    if query is None:
        return Page.objects.none()
    sources = [_holding(word) for word in _each_of(words)]
    found = _ids(*chain.from_iterable(sources))
    held = Counter(chain.from_iterable(set().union(*of_word) for of_word in batched(found, len(sources[0]))))
    ids = public_ids(held)
    return _listed(ids if len(ids) <= MOST_RANKED else _fitting_best(query, held, ids & _all_listed()))


def _holding(query: SearchQuery) -> tuple[QuerySet[Any], ...]:
    """Return the ids of all pages that hold a word, by where it stands.

    Apart, each is found by an index; as one condition all texts, or all words of others, are read. The ids of
    the titles are an array for the same reason: joined, PostgreSQL expects half of the words of others.
    """
    titled = _entries(Q(title=query)).values_list(OBJECT_ID)
    of_others = ConditionalWords.objects.order_by()
    return (
        titled,
        _entries(Q(body=query)).values_list(OBJECT_ID),
        of_others.filter(vector=query).values_list("page"),
        of_others.filter(IsOneOf("title_of", ArraySubquery(titled))).values_list("page"),
    )


def _fitting_best(query: SearchQuery, held: Mapping[int, int], ids: Collection[int]) -> list[int]:
    """Return one more than are ranked: those with most words, compared where they hold equally many."""
    by_words: defaultdict[int, set[int]] = defaultdict(set)
    for pk in ids:
        by_words[held[pk]].add(pk)
    best: list[int] = []
    for _number, level in sorted(by_words.items(), reverse=True):
        if wanted := MOST_RANKED + 1 - len(best):
            best += level if len(level) <= wanted else _best_of(query, level, wanted)
    return best


def _best_of(query: SearchQuery, ids: Collection[int], wanted: int) -> list[int]:
    """Return those whose own words fit best. Texts are read only of those that may be among them."""
    title, of_body = (SearchRank(F(name), query, weights=get_sql_weights()) for name in ("title", "body"))
    of_title = title * F("title_norm")
    titled = _entries(Q(title=query))
    in_order = titled.order_by("pk")
    pks_and_scores = _ids(in_order.values_list(OBJECT_ID), in_order.values_list(of_title))
    scores = {pk: score for pk, score in zip(*pks_and_scores, strict=True) if pk in ids}
    entries, most_of_body = _entries(Q(title=query) | Q(body=query)), MOST_OF_BODY * WEIGHTS_VALUES[2]
    least = nlargest(wanted, scores.values())[-1] if len(scores) >= wanted else 0.0
    compared = ids
    if least > most_of_body:
        entries, compared = titled, {pk for pk, score in scores.items() if score + most_of_body >= least}
    # As text: psycopg takes ten times as long to write a list of thousands.
    among = IsOneOf(OBJECT_ID, Cast(Value(f"{{{','.join(map(str, compared))}}}"), ArrayField(IntegerField())))
    [ranked] = _ids(
        entries.filter(among).order_by((of_title + of_body).desc(), OBJECT_ID.desc()).values_list(OBJECT_ID)
    )
    return list(dict.fromkeys([*ranked, *sorted(ids, reverse=True)]))[:wanted]


def _ids(*columns: QuerySet[Any]) -> Sequence[Sequence[int]]:
    """Return what each of these queries finds, in one row: a common word is on thousands of pages."""
    queries = [column.query.sql_with_params() for column in columns]
    arrays = ", ".join(f"ARRAY({sql})" for sql, _params in queries)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {arrays}", [param for _sql, params in queries for param in params])
        return cursor.fetchone()


def public_pages_beginning_with(words: str) -> PageQuerySet:
    """Return the public pages of which a name has a word that begins as one of these."""
    query = _any_of(words, get_search_backend().autocomplete_config, prefix=True)
    if query is None:
        return Page.objects.none()
    [ids] = _ids(_entries(Q(autocomplete=query)).values_list(OBJECT_ID))
    return _listed(public_ids(ids))


def _each_of(words: str) -> list[SearchQuery]:
    terms = dict.fromkeys(term for term in TERMS.split(words) if term)
    return [SearchQuery(Lexeme(term), search_type="raw", config=CONFIG) for term in terms]


def _any_of(words: str, config: str | None, *, prefix: bool = False) -> SearchQuery | None:
    lexemes = [Lexeme(term, prefix=prefix) for term in TERMS.split(words) if term]
    return SearchQuery(reduce(or_, lexemes), search_type="raw", config=config) if lexemes else None


def _entries(condition: Q) -> QuerySet[IndexEntry]:
    return IndexEntry.objects.filter(condition, content_type__in=_kinds()).order_by()


@remembered
def _kinds() -> tuple[int, ...]:
    return tuple(kind.pk for kind in ContentType.objects.get_for_models(*get_page_models()).values())


def _listed(ids: Collection[int]) -> PageQuerySet:
    """The search backend takes only conditions on fields that are in its index: hence the inner query."""
    if not ids:
        return Page.objects.none()
    pages = in_language(each_once(Page.objects.filter(pk__in=ids)), active_language())
    return Page.objects.filter(pk__in=pages.values("pk"))


@remembered
def _all_listed() -> frozenset[int]:
    pages = in_language(each_once(Page.objects.order_by()), active_language())
    return frozenset(pages.values_list("pk", flat=True))
