"""Says why, in the admin, where a page cannot be published as it is, and leads to its editor."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from core.models.publication import UnfitForPublication


class RefusedPublicationsMiddleware:
    """For the ways without a form that could say so: many at once, and the approval of what was handed in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, UnfitForPublication):
            return None
        words = _("“%(title)s” cannot be published as it is, and nothing was. %(why)s")
        why = " ".join(exception.messages)
        messages.error(request, words % {"title": exception.page.title, "why": why})
        return redirect("wagtailadmin_pages:edit", exception.page.pk)
