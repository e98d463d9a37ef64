from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from core.accounts.second_factor.session import fresh_second_step_required
from therapists.enquiries.access.access_log import record_decisions
from therapists.enquiries.access.team import may_break_glass, may_handle
from therapists.enquiries.admin.base import signed_in
from therapists.enquiries.services.decisions import find_decisions


class DecisionSearchForm(forms.Form):
    wanted = forms.CharField(
        label=_("Reference, or the therapist’s whole name"),
        max_length=255,
        help_text=_("What you find is written in the log of who read what."),
    )


@method_decorator(never_cache, name="dispatch")
@method_decorator(fresh_second_step_required, name="get")
class DecisionsView(WagtailAdminTemplateMixin, TemplateView):
    """The sealed records of decisions, for administrators and the Matching team: found, never browsed."""

    http_method_names = ["get", "head", "options"]
    template_name = "enquiries/admin/decisions.html"
    page_title = _("Decisions that are kept")
    header_icon = "history"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not (may_handle(request.user) or may_break_glass(request.user)):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = DecisionSearchForm(self.request.GET or None)
        found = find_decisions(form.cleaned_data["wanted"]) if form.is_valid() else None
        record_decisions(found or (), signed_in(self.request))
        return super().get_context_data(**kwargs) | {"form": form, "found": found}
