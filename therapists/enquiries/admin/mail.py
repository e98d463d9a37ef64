"""Where an administrator sends a test mail and reads what became of it."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from core.outbox import SendingState
from therapists.enquiries.mail.to_practice import practice_address
from therapists.enquiries.mail.trial import (
    failure_in_words,
    latest_trial,
    mail_server,
    mail_stays_here,
    send_trial,
    what_mail_lacks,
)


class MailView(WagtailAdminTemplateMixin, TemplateView):
    """For administrators. Sends to the practice's own address alone."""

    http_method_names = ["get", "head", "options", "post"]
    template_name = "enquiries/admin/mail.html"
    page_title = gettext_lazy("E-mail of the practice")
    header_icon = "mail"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm("home.change_practicesettings"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "sender": settings.DEFAULT_FROM_EMAIL,
            "receiver": practice_address(),
            "server": mail_server(),
            "stays_here": mail_stays_here(),
            "trial": latest_trial(),
            "lack": what_mail_lacks(),
        }

    def post(self, request: HttpRequest) -> HttpResponse:
        trial = send_trial()
        if trial.state != SendingState.SENT:
            messages.error(request, failure_in_words(trial))
        elif mail_stays_here():
            messages.warning(request, _("Written, and kept on this machine: it was sent to nobody."))
        else:
            told = _("Sent to %(address)s. Look there whether it arrived.") % {"address": practice_address()}
            messages.success(request, told)
        return redirect("practice_mail")
