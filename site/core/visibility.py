"""What anyone may read without logging in: one answer for pages, search, the API, the sitemap and links."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, QuerySet
from django.utils import timezone
from wagtail.models import BaseViewRestriction, CollectionViewRestriction, Page, PageViewRestriction
from wagtail.query import PageQuerySet

PagesToWithhold = Callable[[], QuerySet[Any]]

_withheld: list[tuple[type[Page], PagesToWithhold]] = []


def withhold(kind: type[Page], pages: PagesToWithhold) -> None:
    """Register pages of a kind that stay hidden though they are published. An app calls this in `ready()`."""
    if (kind, pages) not in _withheld:
        _withheld.append((kind, pages))


def public(pages: PageQuerySet) -> PageQuerySet:
    """Keep only what is published, unrestricted, not past its expiry, and withheld by no app."""
    return not_withheld(pages.live().filter(~_restricts("page__path", "path", PageViewRestriction)))


def not_withheld(pages: PageQuerySet) -> PageQuerySet:
    """Leave out what is past its expiry or withheld by an app; restrictions are not looked at."""
    pages = pages.exclude(expire_at__lte=timezone.now())
    for kind, hidden in _withheld:
        if _may_hold(pages.model, kind):
            pages = pages.exclude(pk__in=hidden().values("pk"))
    return pages


def _may_hold(asked_for: type[Page], kind: type[Page]) -> bool:
    """Therapies hold no comparison: a rule that says nothing of the pages asked for would only cost time."""
    return issubclass(kind, asked_for) or issubclass(asked_for, kind)


def is_public(page: Page) -> bool:
    return public(_only(page)).exists()


def is_withheld(page: Page) -> bool:
    return not not_withheld(_only(page)).exists()


def _only(page: Page) -> PageQuerySet:
    """Asked of the page's own kind, so that the rules of other kinds are left out."""
    return type(page).objects.filter(pk=page.pk)


def readable_in_order(pages: Iterable[Page]) -> list[Page]:
    """With the fields of their own types, in the editors' order; asked for together."""
    order = list(dict.fromkeys(page.pk for page in pages))
    if not order:
        return []
    found = {page.pk: page for page in public(Page.objects.filter(pk__in=order)).specific()}
    return [found[pk] for pk in order if pk in found]


def in_public_collections[Files: QuerySet[Any]](files: Files) -> Files:
    """Leave out images or documents whose collection, or one above it, asks for a login or password."""
    return files.filter(~_restricts("collection__path", "collection__path", CollectionViewRestriction))


def _restricts(restricted_path: str, own_path: str, restrictions: type[BaseViewRestriction]) -> Exists:
    """A restriction holds for its page or collection and all below. Asked in the same query as the rows."""
    path = ExpressionWrapper(OuterRef(own_path), output_field=CharField())
    return Exists(restrictions.objects.alias(own_path=path).filter(own_path__startswith=F(restricted_path)))


def published[Snippets: QuerySet[Any]](snippets: Snippets) -> Snippets:
    """Keep only the snippets that are published and not past their expiry."""
    return snippets.filter(live=True).exclude(expire_at__lte=timezone.now())


def is_published(snippet: Any) -> bool:
    """As `published`, for one that is already loaded."""
    return snippet.live and not (snippet.expire_at and snippet.expire_at <= timezone.now())
