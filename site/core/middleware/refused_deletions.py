"""A page of the admin instead of an error where a record was to be deleted that others need."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from core.deletion import NEEDED_ELSEWHERE


class RefusedDeletionsMiddleware:
    """For every view: Wagtail asks its index of references, which may lack what the database knows."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        in_admin = request.path.startswith(reverse("wagtailadmin_home"))
        if not in_admin or not isinstance(exception, NEEDED_ELSEWHERE):
            return None
        messages.error(request, _("Nothing was deleted: the records of the practice need it."))
        return redirect(request.get_full_path())
