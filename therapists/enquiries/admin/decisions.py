from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from core.accounts.second_factor.session import fresh_second_step_required
from core.accounts.typed_words import keeps_typed_words, take_typed_words
from therapists.enquiries.access.access_log import record_decisions
from therapists.enquiries.access.team import may_break_glass, may_handle
from therapists.enquiries.admin.base import hidden, signed_in
from therapists.enquiries.services.decisions import find_decisions


class DecisionSearchForm(forms.Form):
    wanted = forms.CharField(
        label=_("Reference, or the therapist’s whole name"),
        max_length=255,
        help_text=_("What you find is written in the log of who read what."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


@keeps_typed_words
@method_decorator(hidden, name="dispatch")
@method_decorator(fresh_second_step_required, name="get")
@method_decorator(fresh_second_step_required, name="post")
class DecisionsView(WagtailAdminTemplateMixin, FormView):
    """The sealed records of decisions, for administrators and the Matching team: found, never browsed.

    What is looked for is posted, so that no name stands in an address, a log or a history.
    """

    http_method_names = ["get", "head", "options", "post"]
    template_name = "enquiries/admin/decisions.html"
    form_class = DecisionSearchForm
    page_title = _("Decisions that are kept")
    header_icon = "history"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not (may_handle(request.user) or may_break_glass(request.user)):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_initial(self) -> dict[str, Any]:
        typed = take_typed_words(self.request)
        return {"wanted": typed.get("wanted", "") if typed else ""}

    def form_valid(self, form: DecisionSearchForm) -> HttpResponse:
        found = find_decisions(form.cleaned_data["wanted"])
        record_decisions(found, signed_in(self.request))
        return self.render_to_response(self.get_context_data(form=form, found=found))
