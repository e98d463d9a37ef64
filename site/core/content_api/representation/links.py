"""Links to pages and documents in answers: one form for all, and only to what is public."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Self, TypedDict

from django.urls import reverse
from rest_framework.request import Request
from wagtail.documents import get_document_model
from wagtail.models import Page
from wagtail.query import PageQuerySet

from core.caching.content_memory import remembered_by_id
from core.caching.surrogate_keys import NEWLY_PUBLIC, answer_keys
from core.content_api.representation.absolute_urls import absolute
from core.content_api.representation.answer_types import PageTypeLabel, Url, attribute_docstrings
from core.content_api.representation.deferred import Deferred, DeferredLoader, Stage
from core.content_api.representation.page_cards import page_card, with_cards
from core.content_api.representation.page_types import page_types
from core.content_api.representation.pictures import Picture
from core.languages import versions_in
from core.page_addresses import with_own_addresses
from core.visibility import in_public_collections, public


@attribute_docstrings
class PageReference(TypedDict):
    """A public page that something points at."""

    id: int
    type: PageTypeLabel
    title: str
    url: Url
    summary: str
    """One or two sentences. May be empty."""
    picture: Picture | None
    """For a card: in the role `portrait_card` of a therapist, otherwise in `social`."""


@attribute_docstrings
class PageReferenceMeta(TypedDict):
    """The same as Wagtail's own API writes it."""

    type: PageTypeLabel
    detail_url: Url
    html_url: Url


class NestedPage(PageReference):
    """A public page, with `meta` for clients of Wagtail's own API."""

    meta: PageReferenceMeta


@attribute_docstrings
class DocumentReference(TypedDict):
    """A public document that something points at."""

    id: int
    type: str
    title: str
    url: Url
    """Where the file itself is."""


def page_reference(page: Page, request: Request) -> PageReference | None:
    """Return None where no site serves the page.

    The caller makes sure that the page is public. It is of its own type, or was read `with_cards`.
    """
    url = page.get_full_url(request)
    if not url:
        return None
    answer_keys(request).add_page(page.pk)
    card = page_card(page)
    return {
        "id": page.pk,
        "type": page.specific_class._meta.label,
        "title": page.title,
        "url": url,
        "summary": card.summary,
        "picture": card.picture,
    }


@remembered_by_id
def referred_pages(ids: Collection[int]) -> Mapping[int, Page]:
    """Return those of the pages that are public, each with its card and address."""
    pages = list(with_cards(public(Page.objects.filter(pk__in=ids), are_few=True)))
    return {page.pk: page for page in with_own_addresses(pages)}


def nested_page(reference: PageReference, request: Request) -> NestedPage:
    detail = reverse("wagtailapi_v2:pages:detail", args=[reference["id"]])
    meta: PageReferenceMeta = {
        "type": reference["type"],
        "detail_url": absolute(detail, request),
        "html_url": reference["url"],
    }
    return {**reference, "meta": meta}


def own_addresses(pages: PageQuerySet, request: Request) -> dict[str, Page]:
    """Return the pages with their own addresses, by the path of each."""
    own = [model for model in page_types() if model.get_url_parts is not Page.get_url_parts]
    found = with_own_addresses(list(pages.type(*own))) if own else []
    located = [(page, page.get_url_parts(request)) for page in found]
    return {parts[2]: page for page, parts in located if parts and parts[2]}


@dataclass(frozen=True)
class PageLink(Deferred[PageReference | None]):
    """A reference, or None unless the page is public."""

    pk: int

    @classmethod
    def load(cls, deferred: Sequence[Self], loader: DeferredLoader) -> Mapping[Self, PageReference | None]:
        chosen = referred_pages(link.pk for link in deferred)
        shown = chosen | _versions(chosen, loader) if loader.language else chosen
        for pk in chosen:
            answer_keys(loader.request).add_page(pk)  # a version is shown for as long as this is public
        return {cls(pk): page_reference(page, loader.request) for pk, page in shown.items()}


def _versions(pages: Mapping[int, Page], loader: DeferredLoader) -> dict[int, Page]:
    versions = versions_in(loader.language, pages.values(), with_cards(public(Page.objects.all())))
    if len(versions) < len(pages):
        answer_keys(loader.request).add(NEWLY_PUBLIC)
    return dict(zip(versions, with_own_addresses(list(versions.values())), strict=True))


@dataclass(frozen=True)
class NestedPageLink(Deferred[NestedPage | None]):
    """A `PageLink` with `meta`."""

    stage: ClassVar[Stage] = Stage.MADE_OF_OTHERS
    pk: int

    def needs(self) -> Iterable[Deferred[Any]]:
        return [PageLink(self.pk)]

    @classmethod
    def load(cls, deferred: Sequence[Self], loader: DeferredLoader) -> Mapping[Self, NestedPage | None]:
        links = {nested: loader[PageLink(nested.pk)] for nested in deferred}
        return {nested: nested_page(link, loader.request) for nested, link in links.items() if link}


@dataclass(frozen=True)
class PageAddress(Deferred[Url]):
    """Only the URL of a `PageLink`, for a page that is public."""

    stage: ClassVar[Stage] = Stage.MADE_OF_OTHERS
    pk: int

    def needs(self) -> Iterable[Deferred[Any]]:
        return [PageLink(self.pk)]

    @classmethod
    def load(cls, deferred: Sequence[Self], loader: DeferredLoader) -> Mapping[Self, Url]:
        links = {address: loader[PageLink(address.pk)] for address in deferred}
        return {address: link["url"] for address, link in links.items() if link}


@dataclass(frozen=True)
class DocumentLink(Deferred[DocumentReference | None]):
    """`{id, type, title, url}`, or None unless the document's collection is public."""

    stage: ClassVar[Stage] = Stage.DOCUMENTS
    pk: int

    @classmethod
    def load(
        cls, deferred: Sequence[Self], loader: DeferredLoader
    ) -> Mapping[Self, DocumentReference | None]:
        model = get_document_model()
        documents = in_public_collections(model.objects.filter(pk__in=[link.pk for link in deferred]))
        for document in documents:
            answer_keys(loader.request).add_document(document.pk)
        return {
            cls(document.pk): {
                "id": document.pk,
                "type": model._meta.label,
                "title": document.title,
                "url": absolute(document.url, loader.request),
            }
            for document in documents
        }
