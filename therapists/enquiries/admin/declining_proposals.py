"""Where somebody who keeps profiles tells a therapist why what they proposed is not taken over."""

from typing import Any

from django import forms
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from core.long_text import LongTextInput
from therapists.enquiries.admin.base import signed_in
from therapists.enquiries.services.profile_proposals import decline, open_proposals


class DeclineForm(forms.Form):
    answer = forms.CharField(
        label=gettext_lazy("What do you write to them?"),
        help_text=gettext_lazy("A sentence or two, in plain words: it stands in the e-mail as you write it."),
        max_length=1000,
        widget=LongTextInput(attrs={"rows": 4}),
    )


class DeclineProposalView(PermissionRequiredMixin, WagtailAdminTemplateMixin, FormView):
    permission_required = "therapists.change_availability"
    raise_exception = True
    form_class = DeclineForm
    template_name = "wagtailadmin/therapists/decline_proposal.html"
    page_title = gettext_lazy("Do not take over")
    header_icon = "mail"

    def get_page_subtitle(self) -> str:
        return self.task.therapist.title

    @property
    def task(self) -> Any:
        return get_object_or_404(open_proposals().select_related("therapist"), pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"task": self.task}

    def form_valid(self, form: DeclineForm) -> HttpResponse:
        if decline(self.kwargs["pk"], form.cleaned_data["answer"], signed_in(self.request)):
            messages.success(self.request, _("They are told by e-mail. The profile stays as it was."))
        else:
            messages.warning(self.request, _("This task was done already."))
        return redirect("wagtailadmin_home")
