"""In the admin: which facts lean on sources that were superseded or taken down."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from core.admin.page_warnings import admin_request
from core.visibility import is_published
from therapies.leaning_facts import facts_on, facts_that_lean_on_bad_sources
from therapies.models import Reference


def keeps_sources(request: HttpRequest) -> bool:
    return bool(request.user.has_perm("therapies.change_reference"))


class LeaningFactsReport(WagtailAdminTemplateMixin, TemplateView):
    http_method_names = ["get", "head", "options"]
    template_name = "wagtailadmin/reports/leaning_facts.html"
    page_title = _("Facts without a good source")
    header_icon = "link-external"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not keeps_sources(request):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"facts": facts_that_lean_on_bad_sources()}


class LeaningFactsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return keeps_sources(request)


def tell_what_leans_on_it(instance: Reference, **kwargs: Any) -> None:
    """Tell whoever supersedes a source, or takes it down, how many facts need another."""
    request = admin_request.get()
    is_good = is_published(instance) and instance.superseded_by_id is None
    if request is None or is_good or not (count := facts_on(instance)):
        return
    words = ngettext(
        "%(count)s public fact leans on this source. It needs another.",
        "%(count)s public facts lean on this source. They need another.",
        count,
    )
    button = messages.button(reverse("leaning_facts"), _("See which"))
    messages.warning(request, words % {"count": count}, buttons=[button])
