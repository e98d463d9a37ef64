"""Which public pages hold words, the best first, as the search index tells.

In SQL: the questions are always the same, and Django takes longer to put them together than PostgreSQL to
answer. `OFFSET 0` hides the words from PostgreSQL while it plans: so it asks the indexes of a common word
too, where it would take reading every text for cheaper.
"""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from itertools import chain
from typing import Any

from django.contrib.contenttypes.models import ContentType
from modelsearch.backends.database.postgres.weights import get_sql_weights
from wagtail.models import get_page_models
from wagtail.search.backends import get_search_backend

from core.caching.content_memory import remembered
from core.languages import active_language
from core.visibility import listed_ids
from search.models import CONFIG, unreadable_words
from search.readable_words import readable_vector
from search.statements import as_array, rows

#: So many pages are ranked by all that they say. Nobody reads on to the last of them.
MOST_RANKED = 200
#: Hundreds of pages may hold so many words, each of them. Of more it is not asked.
FEW_WORDS = 3
#: What stands between words, as for the search backend.
TERMS = re.compile(r"[\s\-]+")

#: Of each word, all pages that hold it: in their title or text, in what they show of others, and where that
#: is the title of a page that holds it. Apart, each is found by an index; as one condition, all are read.
HOLDERS = """
    SELECT ARRAY(
        SELECT unnest(titled)
        UNION ALL SELECT object_id::int FROM wagtailsearch_indexentry
            WHERE body @@ query AND content_type_id = ANY(%(kinds)s)
        UNION ALL SELECT page_id FROM search_conditionalwords WHERE vector @@ query
        UNION ALL SELECT page_id FROM search_conditionalwords WHERE title_of_id = ANY(titled)
    )
    FROM unnest(%(words)s::text[]) AS word
    CROSS JOIN LATERAL (SELECT to_tsquery(%(config)s, word) AS query) AS asked
    CROSS JOIN LATERAL (
        SELECT ARRAY(
            SELECT object_id::int FROM wagtailsearch_indexentry
            WHERE title @@ query AND content_type_id = ANY(%(kinds)s)
        ) AS titled OFFSET 0
    ) AS titles
"""

#: Pages by how well their own words fit. `hidden` names further words, which the planner does not see either.
FITTING_BEST = """
    SELECT ARRAY(
        SELECT object_id::int
        FROM wagtailsearch_indexentry
        CROSS JOIN (SELECT to_tsquery(%(config)s, %(some)s) AS query{hidden} OFFSET 0) AS asked
        WHERE {condition} AND content_type_id = ANY(%(kinds)s)
        ORDER BY
            ts_rank(%(weights)s, title, query) * title_norm + ts_rank(%(weights)s, body, query) DESC,
            object_id::int DESC
    )
"""
#: Those of `pages` of which the own words hold some of the words.
OF_THESE = FITTING_BEST.format(
    hidden="", condition="(title @@ query OR body @@ query) AND object_id::int = ANY(%(pages)s::int[])"
)

#: Those of `pages` that hold some of the words, first what holds every; ranked as the search backend does.
RANKED = f"""
    SELECT object_id::int, holds_every
    FROM wagtailsearch_indexentry
    CROSS JOIN (
        SELECT to_tsquery(%(config)s, %(every)s) AS every_word, to_tsquery(%(config)s, %(some)s) AS some_word
    ) AS asked
    CROSS JOIN LATERAL (
        SELECT body || {readable_vector("object_id::int", "%(unreadable)s::bigint[]")} AS says OFFSET 0
    ) AS now
    CROSS JOIN LATERAL (SELECT title || says AS all_words OFFSET 0) AS together
    CROSS JOIN LATERAL (SELECT all_words @@ every_word AS holds_every OFFSET 0) AS matching
    CROSS JOIN LATERAL (SELECT CASE WHEN holds_every THEN every_word ELSE some_word END AS query) AS ranking
    WHERE content_type_id = ANY(%(kinds)s) AND object_id = ANY(%(pages)s::text[]) AND all_words @@ some_word
    ORDER BY
        holds_every DESC,
        ts_rank(%(weights)s, title, query) * title_norm + ts_rank(%(weights)s, says, query) DESC,
        object_id::int DESC
"""  # noqa: S608 - of columns alone

#: The pages of which a name holds all these words, and one that begins as the last.
BEGINNING = """
    SELECT ARRAY(
        SELECT object_id::int
        FROM wagtailsearch_indexentry
        CROSS JOIN (SELECT to_tsquery(%(config)s, %(beginnings)s) AS query OFFSET 0) AS asked
        WHERE autocomplete @@ query AND content_type_id = ANY(%(kinds)s)
        ORDER BY ts_rank(%(weights)s, autocomplete, query) DESC, object_id::int DESC
    )
"""


def pages_with_every_word(words: str) -> tuple[list[int], bool]:
    """Return the ids of the pages with every word, or failing that with one of them, and which of both."""
    ranked = _ranked(words, " & ")
    with_every = [pk for pk, holds_every in ranked if holds_every]
    return with_every or [pk for pk, _every in ranked], bool(with_every)


def pages_with_some_word(words: str) -> list[int]:
    return [pk for pk, _every in _ranked(words, " | ")]


def pages_beginning_with(words: str, limit: int) -> list[int]:
    """Return the ids of the pages of which a name holds these words, where the last may go on."""
    terms = _terms(words)
    if not terms:
        return []
    config = get_search_backend().autocomplete_config
    [[found]] = _asked(BEGINNING, config, beginnings=f"{' & '.join(terms)}:*")
    listed = listed_ids(active_language())
    return [pk for pk in found if pk in listed][:limit]


def _ranked(words: str, joined_by: str) -> list[tuple[int, bool]]:
    """Return the public pages that hold one of the words, the best first, and whether they hold all.

    Of very many, one more than `MOST_RANKED` is ranked: those that hold most of the words, and of these the
    ones whose own words fit best. Joined by “or”, one word counts as all of them.
    """
    terms = _terms(words)
    some = " | ".join(terms)
    pages = _candidates(terms, some)
    if not pages:
        return []
    unreadable = as_array(unreadable_words())
    return _asked(
        RANKED, pages=as_array(pages), some=some, every=joined_by.join(terms), unreadable=unreadable
    )


def _candidates(terms: Sequence[str], some: str) -> Collection[int]:
    words = list(dict.fromkeys(terms))
    if not words:
        return []
    listed = listed_ids(active_language())
    if len(words) <= FEW_WORDS and len(listed) > MOST_RANKED:
        with_every = [pk for pk in _whose_own_words_hold_every(words, some) if pk in listed]
        if len(with_every) > MOST_RANKED:
            # Thousands more may hold them in what they show of others, and need not be counted.
            return with_every[: MOST_RANKED + 1]
    held = Counter(chain.from_iterable(listed.intersection(ids) for [ids] in _asked(HOLDERS, words=words)))
    best: list[int] = []
    for most in sorted(set(held.values()), reverse=True):
        level = {pk for pk, number in held.items() if number == most}
        if len(best) + len(level) > MOST_RANKED:
            return [*best, *_by_own_words(some, level)][: MOST_RANKED + 1]
        best += level
    return best


def _whose_own_words_hold_every(words: Sequence[str], some: str) -> list[int]:
    """Return the pages that do, public or not, the best first."""
    named = {f"word_{number}": word for number, word in enumerate(words)}
    statement = FITTING_BEST.format(
        hidden="".join(f", to_tsquery(%(config)s, %({name})s) AS {name}" for name in named),
        condition=" AND ".join(f"(title @@ {name} OR body @@ {name})" for name in named),
    )
    [[found]] = _asked(statement, some=some, **named)
    return found


def _by_own_words(some: str, level: set[int]) -> list[int]:
    [[by_own_words]] = _asked(OF_THESE, some=some, pages=as_array(level))
    by_what_they_show_of_others = level.difference(by_own_words)
    return [*by_own_words, *sorted(by_what_they_show_of_others, reverse=True)]


def _asked(statement: str, config: str = CONFIG, **values: Any) -> list[Any]:
    return rows(statement, config=config, kinds=page_kinds(), weights=get_sql_weights(), **values)


def _terms(words: str) -> list[str]:
    """Return each word as `to_tsquery` reads it, whatever signs it has."""
    return [_quoted(term) for term in TERMS.split(words) if term]


def _quoted(term: str) -> str:
    escaped = term.replace("'", "''").replace("\\", "\\\\")
    return f"'{escaped}'"


@remembered
def page_kinds() -> list[int]:
    """Return the ids of the types of pages: the index holds other records too."""
    return [kind.pk for kind in ContentType.objects.get_for_models(*get_page_models()).values()]
