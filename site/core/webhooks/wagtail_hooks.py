from typing import Any

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.admin.viewsets.base import ViewSetGroup

from core.webhooks.admin.viewsets import WebhooksGroup
from core.webhooks.models import Endpoint
from core.webhooks.notifications import CHANGE_ENDPOINT


@hooks.register("register_admin_viewset")
def webhooks_group() -> ViewSetGroup:
    return WebhooksGroup()


class StoppedEndpointsPanel(Component):
    """A panel on the home page of the admin that lists the endpoints that were stopped."""

    name = "stopped_endpoints"
    template_name = "webhooks/admin/stopped_panel.html"
    order = 130

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"stopped": Endpoint.objects.exclude(paused_at=None)}


@hooks.register("construct_homepage_panels")
def add_stopped_endpoints(request: HttpRequest, panels: list[Component]) -> None:
    if request.user.has_perm(CHANGE_ENDPOINT):
        panels.append(StoppedEndpointsPanel())
