"""The e-mails that were not sent: why, and send them again, one or all."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.generic import ListView

from therapists.enquiries.access.team import may_handle
from therapists.enquiries.admin.base import WorkplacePage, signed_in
from therapists.enquiries.mail.queue import send_again
from therapists.enquiries.models import OutgoingMessage


@method_decorator(never_cache, name="dispatch")
class UnsentMailView(WorkplacePage, ListView):
    """For the Matching team, and for administrators, who see of no e-mail which enquiry it is about."""

    http_method_names = ["get", "head", "options", "post"]
    template_name = "enquiries/admin/unsent_mail.html"
    page_title = _("E-mails that were not sent")
    header_icon = "mail"
    paginate_by = 50
    context_object_name = "unsent"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.is_team = may_handle(request.user)
        if not (self.is_team or request.user.is_superuser):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[OutgoingMessage]:
        return OutgoingMessage.objects.troubled().select_related("enquiry")

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        if self.is_team:
            return super().get_breadcrumbs_items()
        return [*self.breadcrumbs_items, {"url": "", "label": str(self.get_page_title())}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"is_team": self.is_team}

    def post(self, request: HttpRequest) -> HttpResponse:
        chosen = OutgoingMessage.objects.all()
        if request.POST.get("message") != "all":
            chosen = chosen.filter(pk=_key(request.POST.get("message", "")))
        sent = send_again(chosen, signed_in(request))
        said = ngettext("%(count)s e-mail is sent again.", "%(count)s e-mails are sent again.", sent)
        messages.success(request, said % {"count": sent})
        return redirect("unsent_mail")


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None
