"""What is public: the one definition for pages, search, the API, the sitemap and links."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any

from django.conf import settings
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.utils import timezone
from wagtail.coreutils import get_content_languages
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction
from wagtail.query import PageQuerySet

from core.caching.content_memory import is_answering, remembered
from core.compiled_condition import CompiledCondition

type PagesToWithhold = Callable[[datetime], QuerySet[Any]]

_withheld: list[tuple[type[Page], PagesToWithhold]] = []


def withhold(kind: type[Page], pages: PagesToWithhold) -> None:
    """Register pages of a type that stay hidden at a moment though they are published.

    An app calls this in `ready()`.
    """
    if (kind, pages) not in _withheld:
        _withheld.append((kind, pages))


def public(pages: PageQuerySet, *, are_few: bool = False) -> PageQuerySet:
    """Keep only what a site serves, published, unrestricted, not past its expiry, and withheld by no app.

    Of a few pages each is asked by itself; of many it is first found which are withheld.
    """
    languages = tuple(get_content_languages()) if settings.WAGTAIL_I18N_ENABLED else None
    return pages.filter(CompiledCondition(_public_at, pages.model, languages, are_few))


def _public_at(
    moment: datetime, kind: type[Page], languages: tuple[str, ...] | None, are_few: bool
) -> PageQuerySet:
    served = Page.objects.live().filter(_is_below(_front_pages(languages)))
    return _not_withheld(served.filter(~restricted()), kind, moment, are_few=are_few)


def restricted() -> Exists:
    """Return a condition: the page, or one above it, asks for a log-in, a group or a password.

    An alias asks for what its original asks for, as in `Page.get_view_restrictions`.
    """
    own_path = _outer("path")
    restrictions = PageViewRestriction.objects.alias(own_path=own_path)
    is_page = Q(own_path__startswith=F("page__path"))
    is_alias = Q(own_path__startswith=F("page__aliases__path"))
    return Exists(restrictions.filter(is_page | is_alias))


def _not_withheld(pages: PageQuerySet, kind: type[Page], moment: datetime, *, are_few: bool) -> PageQuerySet:
    """Leave out what is past its expiry or withheld by an app, of pages of this kind."""
    pages = pages.exclude(expire_at__lte=moment)
    for withheld_kind, withheld in _withheld:
        if _may_hold(kind, withheld_kind):
            hidden = withheld(moment)
            is_hidden = Exists(hidden.filter(pk=OuterRef("pk"))) if are_few else Q(pk__in=hidden.values("pk"))
            pages = pages.exclude(is_hidden)
    return pages


def _may_hold(queried: type[Page], kind: type[Page]) -> bool:
    """Return whether a queryset of one type may hold pages of another: else the rule would only cost time."""
    return issubclass(kind, queried) or issubclass(queried, kind)


def each_once[Pages: QuerySet[Any]](pages: Pages) -> Pages:
    """Leave out aliases, for lists: each repeats its original, which stands there."""
    return pages.filter(alias_of=None)


def is_public(page: Page) -> bool:
    return page.pk in public_ids([page.pk])


def public_ids(ids: Iterable[int]) -> set[int]:
    """Return those of the ids that belong to public pages. While an answer is made, no call costs a query."""
    wanted = set(ids)
    if not wanted:
        return wanted
    if is_answering():
        return wanted & _all_public().ids
    return set(public(Page.objects.filter(pk__in=wanted), are_few=True).values_list("pk", flat=True))


@remembered
def listed_ids(language: str | None) -> frozenset[int]:
    """Return the ids of all public pages, each once, in this language. None stands for every language."""
    listed = _all_public().listed
    return frozenset(listed.get(language, ()) if language else chain.from_iterable(listed.values()))


@dataclass(frozen=True, slots=True)
class _PublicPages:
    ids: set[int]
    #: By language, and without aliases.
    listed: dict[str, list[int]]


@remembered
def _all_public() -> _PublicPages:
    found = _PublicPages(set(), {})
    pages = public(Page.objects.order_by())
    for pk, alias_of, language in pages.values_list("pk", "alias_of", "locale__language_code"):
        found.ids.add(pk)
        if alias_of is None:
            found.listed.setdefault(language, []).append(pk)
    return found


def is_withheld(page: Page) -> bool:
    """Return whether the page is past its expiry or withheld by an app; restrictions are not looked at."""
    if is_public(page):
        return False
    kind = type(page)
    return not _not_withheld(kind.objects.filter(pk=page.pk), kind, timezone.now(), are_few=True).exists()


def in_public_collections[Files: QuerySet[Any]](files: Files) -> Files:
    """Leave out images or documents whose collection, or one above it, asks for a login or password."""
    restrictions = CollectionViewRestriction.objects.alias(own_path=_outer("collection__path"))
    return files.filter(~Exists(restrictions.filter(own_path__startswith=F("collection__path"))))


def is_in_public_collection(file: Any) -> bool:
    """Return the same of one loaded image or document. While an answer is made, no call costs a query."""
    return file.collection_id not in _private_collections()


@remembered
def _private_collections() -> frozenset[int]:
    restrictions = CollectionViewRestriction.objects.alias(own_path=_outer("path"))
    below_one = Exists(restrictions.filter(own_path__startswith=F("collection__path")))
    return frozenset(Collection.objects.filter(below_one).values_list("pk", flat=True))


def _front_pages(languages: tuple[str, ...] | None) -> PageQuerySet:
    """Return the front page of each site, in each of the languages. None stands for a site with one language.

    What is below none of them has no address: pages beside the sites, and those of a language that has gone.
    """
    fronts = Page.objects.filter(sites_rooted_here__isnull=False)
    if languages is None:
        return fronts
    return Page.objects.filter(
        translation_key__in=fronts.values("translation_key"), locale__language_code__in=languages
    )


def _is_below(pages: PageQuerySet) -> Exists:
    """Return a condition: the page is one of these, or below one."""
    return Exists(pages.alias(own_path=_outer("path")).filter(own_path__startswith=F("path")))


def _outer(path: str) -> ExpressionWrapper:
    """Return the path in the tree of the outer query's row, as text: Django's lookups want a type."""
    return ExpressionWrapper(OuterRef(path), output_field=CharField())


def published[Snippets: QuerySet[Any]](snippets: Snippets) -> Snippets:
    """Keep only the snippets that are published and not past their expiry."""
    return snippets.filter(live=True).exclude(expire_at__lte=timezone.now())


def is_published(snippet: Any) -> bool:
    """Return whether a loaded snippet is published and not past its expiry."""
    return snippet.live and not (snippet.expire_at and snippet.expire_at <= timezone.now())
