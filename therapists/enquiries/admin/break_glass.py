from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, ListView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from core.accounts.second_factor.session import fresh_second_step_required
from core.accounts.typed_words import keeps_typed_words, take_typed_words
from core.long_text import LongTextInput
from therapists.enquiries.access.access_log import break_glass
from therapists.enquiries.access.team import may_break_glass
from therapists.enquiries.admin.base import hidden, signed_in
from therapists.enquiries.models import Enquiry


class BreakGlassForm(forms.Form):
    reason = forms.CharField(
        label=_("Why do you need to open it?"),
        min_length=10,
        max_length=300,
        widget=LongTextInput(attrs={"rows": 3}),
        help_text=_("Kept for good, with your name and the time. Write nothing about the person here."),
    )


class AdministratorsPage(WagtailAdminTemplateMixin):
    """A page of administrators, who have no inbox to go back to. To all others it is not there."""

    page_title = _("Open an enquiry as an administrator")
    header_icon = "warning"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_break_glass(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]


@method_decorator(hidden, name="dispatch")
@method_decorator(fresh_second_step_required, name="get")
class BreakGlassListView(AdministratorsPage, ListView):
    """What there is to open, by reference, the newest first.

    Its state is the team's alone. When exactly it came, when it is due and whether it is late would tell it:
    what may be about somebody's safety is due in two hours, and e-mails that were not sent stand in a list
    with their times.
    """

    http_method_names = ["get", "head", "options"]
    template_name = "enquiries/admin/break_glass_list.html"
    paginate_by = 50
    context_object_name = "enquiries"

    def get_queryset(self) -> QuerySet[Enquiry]:
        return Enquiry.objects.order_by("-received_at").only("reference", "received_at")


@keeps_typed_words
@method_decorator(hidden, name="dispatch")
@method_decorator(fresh_second_step_required, name="get")
@method_decorator(fresh_second_step_required, name="post")
class BreakGlassView(AdministratorsPage, FormView):
    """An administrator shows that it is them, gives a reason, and may look for half an hour."""

    template_name = "enquiries/admin/break_glass.html"
    form_class = BreakGlassForm
    enquiry: Enquiry

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if may_break_glass(request.user):
            self.enquiry = get_object_or_404(Enquiry, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        typed = take_typed_words(self.request)
        return {"reason": typed.get("reason", "") if typed else ""}

    def form_valid(self, form: BreakGlassForm) -> HttpResponse:
        break_glass(self.enquiry, signed_in(self.request), form.cleaned_data["reason"])
        return redirect("enquiries_admin:enquiry", self.enquiry.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"reference": self.enquiry.reference}
