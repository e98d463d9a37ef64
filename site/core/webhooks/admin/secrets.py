"""Views that make a secret and show it once. No other page, log or list shows one."""

from typing import Any

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.generic import FormView, TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from core.webhooks.admin.forms import NewSecretForm
from core.webhooks.models import Endpoint, EndpointSecret
from core.webhooks.notifications import CHANGE_ENDPOINT


class EndpointManagerView(PermissionRequiredMixin, WagtailAdminTemplateMixin):
    permission_required = CHANGE_ENDPOINT
    raise_exception = True
    header_icon = "key"

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        endpoints = {"url": reverse("webhook-endpoints:index"), "label": _now("Endpoints")}
        return [*self.breadcrumbs_items, endpoints, {"url": "", "label": str(self.get_page_title())}]


class NewSecretView(EndpointManagerView, FormView):
    """Make a secret. The older one signs beside it for a week, so that the receiver can change over."""

    template_name = "webhooks/admin/new_secret.html"
    page_title = _("New secret")
    form_class = NewSecretForm

    def form_valid(self, form: NewSecretForm) -> HttpResponse:
        endpoint = get_object_or_404(Endpoint, pk=self.kwargs["pk"])
        secret = form.save(endpoint)
        return redirect("webhook-endpoints:show_secret", secret.pk)


@method_decorator([never_cache, sensitive_variables()], name="dispatch")
class ShowSecretView(EndpointManagerView, TemplateView):
    """Show a secret to the first person who asks, and to nobody after that."""

    template_name = "webhooks/admin/secret.html"
    page_title = _("Secret")

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        is_first = EndpointSecret.objects.filter(pk=pk, shown_at=None).update(shown_at=timezone.now())
        secret = self._secret()
        shown = secret.sealed_secret if is_first else ""
        return self.render_to_response(self.get_context_data(shown=shown, was_shown=not is_first))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        secret = self._secret()
        own = {"was_shown": secret.shown_at is not None, "endpoint": secret.endpoint}
        return own | super().get_context_data(**kwargs)

    def _secret(self) -> EndpointSecret:
        secrets = EndpointSecret.objects.select_related("endpoint")
        return get_object_or_404(secrets, pk=self.kwargs["pk"])
