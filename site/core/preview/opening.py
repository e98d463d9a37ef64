"""Opens a draft in its front end: keeps what the API says of it, and sends the editor there with a token."""

from copy import copy
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import resolve, reverse
from rest_framework.renderers import JSONRenderer
from wagtail.models import Page

from core.preview.front_ends import front_end_of
from core.preview.models import DraftSnapshot


def open_in_front_end(page: Page, request: HttpRequest, *, is_editing: bool, in_panel: bool) -> HttpResponse:
    """The caller has made sure that whoever asks may edit the page."""
    front_end, seen = front_end_of(page), seen_of(page, request)
    if front_end is None or seen is None:
        return TemplateResponse(request, "wagtailadmin/generic/preview_error.html", {"object": page})
    snapshot = DraftSnapshot.keep(page, request.user.pk, is_editing=is_editing, **seen)
    parameters = {"content_type": snapshot.type_label, "token": snapshot.token()}
    if in_panel:
        parameters["in_preview_panel"] = "true"
    response = HttpResponseRedirect(front_end.address(parameters))
    response["Cache-Control"] = "private, no-store"
    return response


def seen_of(draft: Page, request: HttpRequest) -> dict[str, Any] | None:
    """What the API says about a page as it stands in memory, or None where it cannot yet say anything.

    The API stands above the pages, so it is asked through its address. The draft is handed over beside the
    request, where nobody outside can put one.
    """
    inside = copy(request)
    inside.method, inside.GET = "GET", QueryDict()
    inside.META = request.META | {"HTTP_ACCEPT": "application/json"}
    response = resolve(reverse("wagtailapi_v2:page_preview:detail")).func(inside, draft=copy(draft))
    if response.status_code != 200:
        return None
    answer = JSONRenderer().render(response.data["answer"]).decode()
    return {"answer": answer, "failed_checks": response.data["failed_checks"]}
