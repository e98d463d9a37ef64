"""`redirects/`: where old addresses lead. Redirects to pages that are not public are left out."""

from typing import Annotated, Any, TypedDict

import django_filters
from annotated_types import MinLen
from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from core.caching.surrogate_keys import NEWLY_PUBLIC, REDIRECTS, answer_keys
from core.content_api.errors import InvalidParameterError
from core.content_api.parameters import Parameter
from core.content_api.representation.absolute_urls import on_site
from core.content_api.representation.answer_types import Url, attribute_docstrings
from core.content_api.serializers import PublicSerializer
from core.content_api.viewsets import PublicViewSet
from core.visibility import public


@attribute_docstrings
class RedirectTarget(TypedDict):
    """Where an old address leads."""

    location: Url
    permanent: bool
    """Whether to answer with 301 in place of 302."""


def redirects_here(request: Request) -> QuerySet[Redirect]:
    pages = public(Page.objects.all()).values("pk")
    return (
        Redirect.get_for_site(Site.find_for_request(request))
        .filter(Q(redirect_page__in=pages) | Q(redirect_page=None) & ~Q(redirect_link=""))
        .select_related("redirect_page")
    )


def location_of(redirect: Redirect, request: Request) -> Url:
    if redirect.redirect_page is None:
        return on_site(redirect.redirect_link, request)
    answer_keys(request).add_page(redirect.redirect_page.pk)
    url = redirect.redirect_page.get_full_url(request) or ""
    return url.rstrip("/") + redirect.redirect_page_route_path if redirect.redirect_page_route_path else url


def redirect_for(path: str, request: Request) -> RedirectTarget | None:
    """Return where the site would redirect this path, with or without a slash at its end."""
    try:
        old_path = Redirect.normalise_path(path)
    except ValueError:  # an address with a host that cannot be one
        raise InvalidParameterError({"html_path": [_("This is not a path.")]}) from None
    found = redirects_here(request).filter(old_path=old_path).order_by("site").first()
    if found is None:
        return None
    answer_keys(request).add(REDIRECTS, NEWLY_PUBLIC)
    return {"location": location_of(found, request), "permanent": found.is_permanent}


class RedirectSerializer(PublicSerializer):
    location = serializers.SerializerMethodField()
    permanent = serializers.BooleanField(source="is_permanent")

    def get_location(self, redirect: Redirect) -> Url:
        return location_of(redirect, self.context["request"])


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
    surrogate_keys = (REDIRECTS, NEWLY_PUBLIC)
    filterset_class = RedirectFilters
    find_parameters = (OLD_PATH,)
    body_fields = ["id", "old_path", "location", "permanent"]
    listing_default_fields = ["id", "type", "detail_url", "old_path", "location", "permanent"]
    usual_order = ("old_path",)
    order_fields = ("id", "old_path")

    def get_queryset(self) -> QuerySet[Redirect]:
        return redirects_here(self.request)

    @classmethod
    def found(cls) -> Any:
        return RedirectTarget

    def find_view(self, request: Request) -> Response:
        """Where a path leads, as the site would answer it."""
        redirect = redirect_for(self.arguments[OLD_PATH], request)
        if redirect is None:
            raise Http404
        return Response(redirect)
