"""The page of the admin where a clinical reviewer signs off the words of a revision."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.widgets import AdminDateInput
from wagtail.models import Page

from core.models import ReviewedPage
from core.reviews.signing import USUAL_REVIEW_INTERVAL, reviewer_of, sign_off


class SignOffForm(forms.Form):
    next_due = forms.DateField(
        label=gettext_lazy("Next review due"),
        help_text=gettext_lazy("At most 36 months from today."),
        widget=AdminDateInput,
    )


class SignOffView(WagtailAdminTemplateMixin, FormView):
    form_class = SignOffForm
    template_name = "wagtailadmin/sign_off.html"
    page_title = gettext_lazy("Sign off")
    header_icon = "check"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.page = get_object_or_404(Page, pk=kwargs["page_id"]).specific
        if (
            not isinstance(self.page, ReviewedPage)
            or not self.page.permissions_for_user(request.user).can_edit()
        ):
            raise PermissionDenied
        if not request.user.has_perm("core.sign_off_pages"):
            raise PermissionDenied
        self.reviewer = reviewer_of(request.user)
        self.revision = get_object_or_404(self.page.revisions, pk=kwargs["revision_id"])
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        return {"next_due": timezone.localdate() + USUAL_REVIEW_INTERVAL}

    def get_page_subtitle(self) -> str:
        return self.revision.as_object().title

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Compare with what was signed off last, or else with what readers see."""
        before = self.page.reviewed_revision_id or self.page.live_revision_id
        return super().get_context_data(**kwargs) | {
            "page": self.page,
            "revision": self.revision,
            "reviewer": self.reviewer,
            "compared_with": before if before != self.revision.pk else None,
        }

    def form_valid(self, form: SignOffForm) -> HttpResponse:
        if self.reviewer is None:
            raise PermissionDenied
        due = form.cleaned_data["next_due"]
        try:
            sign_off(self.page, self.revision, self.reviewer, next_due=due, user=self.reviewer.account)
        except ValidationError as error:
            form.add_error(None, error.messages)
            return self.form_invalid(form)
        messages.success(self.request, _("Signed off: “%(page)s”.") % {"page": self.page.title})
        return redirect("wagtailadmin_pages:edit", self.page.pk)
