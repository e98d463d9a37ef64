"""`pages/`: public pages of all types, by list, id or path. The base of the endpoints of one page type."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any, Literal, TypedDict
from urllib.parse import unquote

import django_filters
from django import forms
from django.db.models import Model
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request
from rest_framework.response import Response
from wagtail.models import Locale, Page, Site
from wagtail.query import PageQuerySet

from core.caching.content_memory import remember_each_as
from core.caching.surrogate_keys import PAGES, SurrogateKeys
from core.content_api.endpoints.page_records import page_records, types_alone
from core.content_api.endpoints.page_rows import page_rows
from core.content_api.endpoints.redirects import RedirectTarget, redirect_for
from core.content_api.endpoints.whole_lists import WholeListPagination
from core.content_api.errors import InvalidParameterError
from core.content_api.filters import (
    DeclaredFilters,
    DeclaredOrder,
    FullTextSearch,
    KeysFilter,
    MomentsFilter,
    NumbersFilter,
    YesOrNoFilter,
)
from core.content_api.parameters import Parameter
from core.content_api.record_types import record_type, union_type
from core.content_api.representation.answer_types import PageTypeLabel
from core.content_api.representation.deferred import resolve
from core.content_api.representation.links import own_addresses
from core.content_api.representation.page_types import page_types
from core.content_api.serializers import PageSerializer
from core.content_api.viewsets import IMAGE_WIDTHS, PublicViewSet
from core.languages import override_language, override_language_of, pages_of, url_path
from core.visibility import public


def pages_here(pages: PageQuerySet, request: Request) -> PageQuerySet:
    """Return those of the pages that are public and below the root page of the request's site."""
    site = Site.find_for_request(request)
    if site is None:
        return pages.none()
    return pages_of(site, public(pages))


class PageField(forms.CharField):
    """The id of a public page, or `root` for the front page of the request's site."""

    default_error_messages = {"invalid": _("Give the id of a public page, or “root”.")}

    def __init__(self, *, request: Request, **options: Any) -> None:
        self.request = request
        super().__init__(**options)

    def to_python(self, value: Any) -> Page | None:
        value = super().to_python(value)
        if value in self.empty_values:
            return None
        pages = pages_here(Page.objects.all(), self.request)
        if value == "root":
            site = Site.find_for_request(self.request)
            page = pages.filter(pk=site.root_page_id).first() if site else None
        else:
            page = pages.filter(pk=int(value)).first() if value.isdecimal() and len(value) < 19 else None
        if page is None:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return page

    def run_validators(self, value: Any) -> None:
        """Skip the validators of texts: the value is a page."""


class PageFilter(django_filters.Filter):
    value_type = int | Literal["root"]
    field_class = PageField

    @property
    def field(self) -> PageField:
        self.extra["request"] = self.parent.request
        return super().field


class PageFilters(django_filters.FilterSet):
    """Shared by every endpoint of pages."""

    id = NumbersFilter(field_name="pk", help_text="Ids of pages")
    slug = KeysFilter(help_text="The last parts of their addresses")
    show_in_menus = YesOrNoFilter(help_text="Whether editors want them in menus")
    locale = django_filters.ModelChoiceFilter(
        queryset=Locale.objects.all(), to_field_name="language_code", help_text="A language, by its code"
    )
    first_published_at = MomentsFilter(help_text="Time of first publication")
    last_published_at = MomentsFilter(help_text="Time of the last change")
    child_of = PageFilter(method="filter_child_of", help_text="Pages just below this one")
    descendant_of = PageFilter(method="filter_descendant_of", help_text="Pages anywhere below this one")
    ancestor_of = PageFilter(method="filter_ancestor_of", help_text="Pages above this one")
    translation_of = PageFilter(method="filter_translation_of", help_text="This page in other languages")

    def filter_child_of(self, pages: PageQuerySet, name: str, parent: Page) -> PageQuerySet:
        return pages.child_of(parent)

    def filter_descendant_of(self, pages: PageQuerySet, name: str, ancestor: Page) -> PageQuerySet:
        return pages.descendant_of(ancestor)

    def filter_ancestor_of(self, pages: PageQuerySet, name: str, descendant: Page) -> PageQuerySet:
        return pages.ancestor_of(descendant)

    def filter_translation_of(self, pages: PageQuerySet, name: str, page: Page) -> PageQuerySet:
        return pages.translation_of(page)


class MovedAnswer(TypedDict):
    """There is no page at the path, and a redirect says where to go."""

    type: Literal["redirect"]
    redirect: RedirectTarget


HTML_PATH = Parameter[str | None](
    "html_path",
    str,
    "The path of the page on the site.",
    examples=["/therapies/"],
    message=_("This is not a path."),
)
PAGE_ID = Parameter[int | None]("id", int, "In place of a path.")


def found_at(example: str) -> tuple[Parameter, ...]:
    """Return the parameters to find a page with, and the path of one."""
    return (replace(HTML_PATH, examples=[example]), PAGE_ID)


class PageViewSet(PublicViewSet):
    """Pages of one type, with the fields of that type on lists too."""

    model = Page
    base_serializer_class = PageSerializer
    filter_backends = [DeclaredFilters, DeclaredOrder, FullTextSearch]
    pagination_class = WholeListPagination
    filterset_class = PageFilters
    find_parameters: tuple[Parameter, ...] = (HTML_PATH, PAGE_ID)
    shared_parameters = (IMAGE_WIDTHS,)
    body_fields = ["id", "title"]
    meta_fields = [
        "type",
        "detail_url",
        "html_url",
        "slug",
        "show_in_menus",
        "seo_title",
        "search_description",
        "first_published_at",
        "last_published_at",
        "locale",
        "translations",
        "alias_of",
        "parent",
        "breadcrumbs",
        "children",
        "seo",
    ]
    named_fields = ("parent", "breadcrumbs", "children", "seo")
    listing_default_fields = [
        "id",
        "type",
        "detail_url",
        "title",
        "html_url",
        "slug",
        "first_published_at",
        "locale",
        "summary",
    ]
    usual_order = ("path",)
    order_fields = ("id", "title", "slug", "first_published_at", "last_published_at", "path")

    def page_model(self) -> type[Page]:
        return self.model

    def get_queryset(self) -> PageQuerySet:
        return pages_here(self.page_model().objects.all(), self.request)

    def list_keys(self, model: type[Model]) -> Sequence[str]:
        """Add the key of all pages to a filtered list: filters may look at pages that are not in it."""
        is_narrowed = not self.request.GET.keys() <= {"limit", "offset", "fields", "order"}
        return [*super().list_keys(model), *([PAGES] if is_narrowed else [])]

    def name_record(self, shown: SurrogateKeys, pk: int) -> None:
        shown.add_page(pk)

    def get_serializer_context(self) -> dict[str, Any]:
        return {"request": self.request, "view": self, "router": self.request.wagtailapi_router}

    def list_data(self, rows: Iterable[Page]) -> list[Any]:
        return page_rows(self, rows, self.row_models())

    def row_models(self) -> list[type[Page]]:
        """Return the types whose fields rows may have."""
        return [self.model]

    @classmethod
    def found(cls) -> Any:
        pages = [record_type(cls.whole_serializer(model)) for model in cls.models()]
        return union_type(f"Found{cls.one.capitalize()}", [*pages, MovedAnswer])

    def listing_view(self, request: Request) -> Response:
        with override_language(request.GET.get("locale")):
            return super().listing_view(request)

    def detail_view(self, request: Request, pk: int) -> Response:
        return self._record(self._remembered(self._by_id, pk))

    def find_view(self, request: Request) -> Response:
        """One request from a path to its page, or to what a redirect says."""
        path, pk = self.arguments[HTML_PATH], self.arguments[PAGE_ID]
        if path is None:
            if pk is None:
                raise InvalidParameterError({"html_path": [_("Give the path of a page: /therapies/")]})
            return self.detail_view(request, pk)
        parts = tuple(part for part in unquote(path.partition("?")[0]).split("/") if part)
        try:
            page = self._remembered(self._by_path, parts)
        except Http404:
            if redirect := redirect_for(path, request):
                return Response({"type": "redirect", "redirect": redirect})
            raise
        return self._record(page)

    def _record(self, page: Page) -> Response:
        with override_language_of(page):
            known = self.known_fields(page.specific_class)
            records = page_records(self, [page], self.chosen(known, known, ()))
            if not records:
                raise Http404
            return Response(resolve(records[0], self.request))

    def _remembered[Place: (int, tuple[str, ...])](self, find: Callable[[Place], Page], place: Place) -> Page:
        """Return the page that is found at an address of this endpoint. That there is none is forgotten."""
        site = Site.find_for_request(self.request)
        name = self.model._meta.label, find.__name__, site and site.pk
        return remember_each_as(name, [place], lambda _places: {place: find(place)})[place]

    def _by_id(self, pk: int) -> Page:
        return get_object_or_404(types_alone(self.get_queryset()), pk=pk)

    def _by_path(self, parts: tuple[str, ...]) -> Page:
        in_tree = url_path(Site.find_for_request(self.request), parts)
        if found := types_alone(self.get_queryset()).filter(url_path=in_tree).first():
            return found
        below = "".join(f"{part}/" for part in parts)
        elsewhere = own_addresses(self.get_queryset(), self.request).get(f"/{below}")
        if elsewhere is None:
            raise Http404
        return elsewhere


TYPES = Parameter[list[str] | None](
    "type",
    list[PageTypeLabel],
    "Types of pages. `fields` may name the fields of all of them; each row has those of its own type.",
)


class PagesAPIViewSet(PageViewSet):
    """All pages. Lists give the fields of the types that `type` names."""

    one, many = "page", "pages"
    list_parameters = (TYPES,)

    @classmethod
    def models(cls) -> list[type[Model]]:
        return list(page_types())

    def page_model(self) -> type[Page]:
        models = self._requested_models()
        return models[0] if len(models) == 1 else Page

    def get_queryset(self) -> PageQuerySet:
        pages = super().get_queryset()
        models = self._requested_models()
        return pages.type(*models) if len(models) > 1 else pages

    def row_models(self) -> list[type[Page]]:
        return self._requested_models() or [Page]

    def _requested_models(self) -> list[type[Page]]:
        if self.action != "listing_view":
            return []
        known = {model._meta.label: model for model in page_types()}
        return [known[label] for label in self.arguments[TYPES] or ()]
