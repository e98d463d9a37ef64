from typing import Any

from django.contrib.messages import add_message
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages

from core.accounts.typed_words import keeps_typed_words, take_typed_words
from therapists.enquiries.access.disclosure import disclose
from therapists.enquiries.admin.base import EnquiryView, signed_in
from therapists.enquiries.admin.enquiry import EnquiryDetailView
from therapists.enquiries.admin.extension_points import extra_actions
from therapists.enquiries.admin.forms import ACTIONS, ActionForm
from therapists.enquiries.models import Enquiry, ReadingKind
from therapists.enquiries.services.lifecycle import NotAllowed
from therapists.enquiries.services.retention import OnLegalHold


@keeps_typed_words
class ActionView(EnquiryDetailView):
    """Carries out one action; where it cannot, the enquiry is shown again with what was typed.

    A GET, such as after signing in anew, shows what was typed in the session before, or leads to the page.
    """

    http_method_names = ["get", "post"]
    allows_administrators = False

    def get(self, request: HttpRequest, action: str, **kwargs: Any) -> HttpResponse:
        form = _form(action)
        typed = take_typed_words(request)
        if not typed:
            return redirect("enquiries_admin:enquiry", self.enquiry.pk)
        self.bound_form = form(self.enquiry, data=typed)
        messages.warning(
            request,
            _("You had been signed out, and nothing was sent. What you typed is here: send it again."),
        )
        return self.render_to_response(self.get_context_data())

    def post(self, request: HttpRequest, action: str, **kwargs: Any) -> HttpResponse:
        form = _form(action)(self.enquiry, data=request.POST)
        if not form.is_offered(self.enquiry):
            form.add_error(None, _("Someone moved this enquiry meanwhile. Look again."))
        elif form.is_valid():
            try:
                form.perform(signed_in(request))
            except ValidationError as error:
                form.add_error(None, error)
            except NotAllowed:
                form.add_error(None, _("Someone moved this enquiry meanwhile. Look again."))
            except OnLegalHold:
                form.add_error(None, _("It is on legal hold."))
        if form.errors:
            self.bound_form = form
            self.enquiry.refresh_from_db()
            return self.render_to_response(self.get_context_data(), status=422)
        add_message(request, form.level, str(form.done))
        if not Enquiry.objects.filter(pk=self.enquiry.pk).exists():
            return redirect("enquiries_admin:inbox")
        return redirect("enquiries_admin:enquiry", self.enquiry.pk)


def _form(action: str) -> type[ActionForm]:
    actions = ACTIONS | extra_actions()
    if action not in actions:
        raise Http404
    return actions[action]


class DisclosureView(EnquiryView):
    """A copy of everything for the person it is about. POST: it is written in the access log."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        self.record(ReadingKind.DISCLOSURE)
        return JsonResponse(
            disclose(self.enquiry),
            json_dumps_params={"indent": 2, "ensure_ascii": False},
            headers={"Content-Disposition": f'attachment; filename="{self.enquiry.reference}.json"'},
        )
