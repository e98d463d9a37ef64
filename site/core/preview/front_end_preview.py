"""A second preview of a page: in a front end, which is given a token to read the draft with."""

from copy import copy
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import resolve, reverse
from django.utils.translation import gettext_lazy as _
from rest_framework.renderers import JSONRenderer
from wagtail.models import Page, PreviewableMixin

from core.caching.content_memory import answering
from core.preview.appearances import APPEARANCES, Appearance
from core.preview.edit_links import EditLinks
from core.preview.front_ends import front_end_of
from core.preview.models import DraftSnapshot
from core.preview.tokens import issue

SITE_MODE = ""
FRONT_END_MODE = "front-end"


class FrontEndPreviewMixin(PreviewableMixin):
    """Adds a preview mode for the front end to a type of page, and to its previews the way to the editor."""

    #: False for a type that no front end has a page of its own for.
    has_front_end_preview = True
    #: None but in a preview.
    edit_links: EditLinks | None = None

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        """Return the site's own mode first, which makes it the default."""
        if not (self.has_front_end_preview and front_end_of(self)):
            return [(SITE_MODE, _("As a page")), *APPEARANCES]
        front_end = (FRONT_END_MODE, _("In the front end"))
        return [(SITE_MODE, _("On this site")), front_end, *APPEARANCES]

    def make_preview_request(
        self,
        original_request: HttpRequest | None = None,
        preview_mode: str | None = None,
        extra_request_attrs: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Redirect to the front end in its mode.

        Not in `serve_preview`, which routable pages override to serve a route.
        """
        if original_request is not None:
            self.edit_links = EditLinks.of(self, original_request)
        if preview_mode in dict(APPEARANCES):
            shown = Appearance(self)
            return shown.make_preview_request(original_request, preview_mode, extra_request_attrs)
        modes = [name for name, _label in self.preview_modes]
        if preview_mode != FRONT_END_MODE or FRONT_END_MODE not in modes or original_request is None:
            return super().make_preview_request(original_request, preview_mode, extra_request_attrs)
        attrs = extra_request_attrs or {}
        return open_in_front_end(
            self,
            original_request,
            is_editing=attrs.get("is_editing", False),
            in_panel=attrs.get("in_preview_panel", False),
        )


def open_in_front_end(page: Page, request: HttpRequest, *, is_editing: bool, in_panel: bool) -> HttpResponse:
    """Store a snapshot of the draft and redirect to the front end with its token.

    The caller has checked that the user may edit the page.
    """
    front_end, contents = front_end_of(page), snapshot_contents(page, request)
    if front_end is None or contents is None:
        return TemplateResponse(request, "wagtailadmin/generic/preview_error.html", {"object": page})
    snapshot = DraftSnapshot.keep(page, request.user.pk, is_editing=is_editing, **contents)
    parameters = {"content_type": snapshot.type_label, "token": issue(snapshot.key, snapshot.type_label)}
    if in_panel:
        parameters["in_preview_panel"] = "true"
    response = HttpResponseRedirect(front_end.address(parameters))
    response["Cache-Control"] = "private, no-store"
    return response


def snapshot_contents(draft: Page, request: HttpRequest) -> dict[str, Any] | None:
    """Return what the API says of a page as it is in memory, or None where it cannot be said yet.

    Pages do not import the API, so its view is called through its URL. The draft is an argument beside the
    request: no client can send one.
    """
    inner = copy(request)
    inner.method, inner.GET = "GET", QueryDict()
    inner.META = request.META | {"HTTP_ACCEPT": "application/json"}
    with answering():
        response = resolve(reverse("wagtailapi_v2:page_preview:detail")).func(inner, draft=copy(draft))
    if response.status_code != 200:
        return None
    answer = JSONRenderer().render(response.data["answer"]).decode()
    return {"answer": answer, "failed_checks": response.data["failed_checks"]}
