"""Says why, and what to do instead, where a record that others need is to be deleted in the admin."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import SimpleTemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.views.generic import DeleteView

from core.deletion import NEEDED_ELSEWHERE, instead_of, is_needed_elsewhere, why_not_deleted


class RefusedDeletionsMiddleware:
    """For every view: Wagtail asks its index of references, which may lack what the database knows.

    The page that asks whether one is sure says so already, and has nothing to confirm. Pages, snippets and
    accounts do not come so far: see `core.admin.deletions`.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_template_response(
        self, request: HttpRequest, response: SimpleTemplateResponse
    ) -> SimpleTemplateResponse:
        context = response.context_data or {}
        view = context.get("view")
        if isinstance(view, DeleteView) and is_needed_elsewhere(view.object):
            response.template_name = "wagtailadmin/generic/deletion_refused.html"
            why, instead = why_not_deleted([view.object]), instead_of(view.object)
            response.context_data = context | {"why": why, "instead": instead}
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        in_admin = request.path.startswith(reverse("wagtailadmin_home"))
        if not in_admin or not isinstance(exception, NEEDED_ELSEWHERE):
            return None
        messages.error(request, _("Nothing was deleted: the records of the practice need it."))
        return redirect(request.get_full_path())
