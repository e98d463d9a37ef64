"""`redirects/`: where old addresses lead. Redirects to pages that are not public are left out."""

from typing import Annotated, Any, TypedDict

import django_filters
from annotated_types import MinLen
from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from core.caching.surrogate_keys import NEWLY_PUBLIC, PAGES, REDIRECTS, answer_keys
from core.content_api.errors import InvalidParameterError
from core.content_api.parameters import Parameter
from core.content_api.representation.absolute_urls import on_site
from core.content_api.representation.answer_types import Url, attribute_docstrings
from core.content_api.representation.links import PageAddress, own_addresses
from core.content_api.serializers import PublicSerializer
from core.content_api.viewsets import PublicViewSet
from core.languages import pages_of
from core.redirect_lookup import (
    page_address,
    redirect_at,
    redirects_of,
    target_of,
)
from core.visibility import public


@attribute_docstrings
class RedirectTarget(TypedDict):
    """Where an old address leads."""

    location: Url
    permanent: bool
    """Whether to answer with 301 in place of 302."""


def redirect_for(path: str, request: Request) -> RedirectTarget | None:
    """Return where the site would redirect this path, with or without a slash at its end."""
    site = Site.find_for_request(request)
    try:
        found = redirect_at(path, site) if site else None
    except ValueError:  # an address with a host that cannot be one
        raise InvalidParameterError({"html_path": [_("This is not a path.")]}) from None
    target = target_of(found, request, path) if found else None
    if found is None or target is None:
        return None
    shown = answer_keys(request)
    shown.add(REDIRECTS, NEWLY_PUBLIC)
    if found.redirect_page_id:
        shown.add_page(found.redirect_page_id)
    return {"location": on_site(target, request), "permanent": found.is_permanent}


class RedirectSerializer(PublicSerializer):
    location = serializers.SerializerMethodField()
    permanent = serializers.BooleanField(source="is_permanent")

    def get_location(self, redirect: Redirect) -> PageAddress | Url:
        request = self.context["request"]
        if redirect.redirect_page_id is None:
            return on_site(redirect.redirect_link, request)
        if not redirect.redirect_page_route_path:
            return PageAddress(redirect.redirect_page_id)
        answer_keys(request).add_page(redirect.redirect_page_id)
        return on_site(page_address(redirect, request), request)


class RedirectFilters(django_filters.FilterSet):
    old_path = django_filters.CharFilter(help_text="The whole path, without a slash at its end")


OLD_PATH = Parameter[str](
    "html_path",
    Annotated[str, MinLen(1)],
    "The old path.",
    is_required=True,
    examples=["/prices/"],
    message=_("Give the path that is redirected."),
)


class RedirectsAPIViewSet(PublicViewSet):
    """Old addresses that lead elsewhere."""

    one, many = "redirect", "redirects"
    model = Redirect
    base_serializer_class = RedirectSerializer
    surrogate_keys = (REDIRECTS, NEWLY_PUBLIC, PAGES)
    filterset_class = RedirectFilters
    find_parameters = (OLD_PATH,)
    body_fields = ["id", "old_path", "location", "permanent"]
    listing_default_fields = ["id", "type", "detail_url", "old_path", "location", "permanent"]
    usual_order = ("old_path",)
    order_fields = ("id", "old_path")

    def get_queryset(self) -> QuerySet[Redirect]:
        site = Site.find_for_request(self.request)
        if site is None:
            return Redirect.objects.none()
        pages = pages_of(site, public(Page.objects.all()))
        own = [path.rstrip("/") for path in own_addresses(pages, self.request)]
        return redirects_of(site).exclude(old_path__in=own)

    @classmethod
    def found(cls) -> Any:
        return RedirectTarget

    def find_view(self, request: Request) -> Response:
        """Where a path leads, as the site would answer it."""
        redirect = redirect_for(self.arguments[OLD_PATH], request)
        if redirect is None:
            raise Http404
        return Response(redirect)
