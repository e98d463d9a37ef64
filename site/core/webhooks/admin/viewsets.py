from typing import Any

from django.db.models import QuerySet
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic import CreateView, IndexView, InspectView
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.admin.widgets.button import Button

from core.admin.columns import PostColumn
from core.webhooks.admin.actions import deliver_again, test_endpoint
from core.webhooks.admin.forms import EndpointForm
from core.webhooks.admin.secrets import NewSecretView, ShowSecretView
from core.webhooks.models import Delivery, Endpoint
from core.webhooks.notifications import CHANGE_ENDPOINT


def status_of(endpoint: Endpoint) -> str:
    if endpoint.is_active:
        return _now("On")
    if endpoint.paused_at:
        return _now("Stopped: %(why)s") % {"why": endpoint.paused_because}
    return _now("Off")


class EndpointCreateView(CreateView):
    def get_success_url(self) -> str:
        """Lead to the page that shows the secret: the receiver needs it next."""
        return reverse("webhook-endpoints:show_secret", args=[self.object.secrets.get().pk])


class EndpointIndexView(IndexView):
    def get_list_more_buttons(self, instance: Endpoint) -> list[Button]:
        buttons = super().get_list_more_buttons(instance)
        if self.request.user.has_perm(CHANGE_ENDPOINT):
            url = reverse("webhook-endpoints:new_secret", args=[instance.pk])
            buttons.append(Button(_("New secret"), url=url, icon_name="key", priority=15))
        return buttons


class EndpointViewSet(ModelViewSet):
    """Not a snippet: everyone in the admin can read snippets, through their chooser."""

    model = Endpoint
    name = "webhook-endpoints"
    menu_label = _("Endpoints")
    icon = "upload"
    index_view_class = EndpointIndexView
    add_view_class = EndpointCreateView
    edit_handler = ObjectList(
        ["name", "url", FieldPanel("events"), "is_active"], base_form_class=EndpointForm
    )
    list_display = [
        "name",
        "url",
        Column(status_of, label=_("Standing")),
        PostColumn("test", label=_("Test"), url_name="webhook-endpoints:test", words=_("Send a test")),
    ]
    add_to_reference_index = False
    copy_view_enabled = False

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/test/", test_endpoint, name="test"),
            path("<int:pk>/secret/", NewSecretView.as_view(), name="new_secret"),
            path("secrets/<uuid:pk>/", ShowSecretView.as_view(), name="show_secret"),
        ]


class DeliveryIndexView(IndexView):
    default_ordering = "-created_at"

    def get_base_queryset(self) -> QuerySet[Delivery]:
        return super().get_base_queryset().select_related("event", "endpoint")


class DeliveryInspectView(InspectView):
    template_name = "webhooks/admin/delivery.html"
    page_title = _("Delivery")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"message": self.object.event.body()}


class DeliveryViewSet(ModelViewSet):
    """A list of what was sent, and how it went. Nothing can be added or changed."""

    model = Delivery
    name = "webhook-deliveries"
    menu_label = _("Deliveries")
    icon = "list-ul"
    index_view_class = DeliveryIndexView
    inspect_view_class = DeliveryInspectView
    inspect_view_enabled = True
    inspect_view_fields = [
        "endpoint",
        "event",
        "state",
        "attempts",
        "status_code",
        "last_error",
        "created_at",
        "sent_at",
        "next_attempt_at",
    ]
    form_fields: list[str] = []
    list_display = [
        "event",
        "endpoint",
        Column("state", label=_("State"), accessor="get_state_display"),
        "attempts",
        "status_code",
        DateColumn("created_at", label=_("When"), sort_key="created_at"),
        PostColumn("again", label=_("Once more"), url_name="webhook-deliveries:again", words=_("Send again")),
    ]
    list_filter = ["state", "endpoint", "event__kind"]
    add_to_reference_index = False
    copy_view_enabled = False

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        away = ["add", "edit", "delete", "history", "usage"]
        return super().get_common_view_kwargs(**{f"{name}_url_name": None for name in away}, **kwargs)

    def get_urlpatterns(self) -> list[URLPattern]:
        kept = {"index", "index_results", "inspect"}
        return [
            *(pattern for pattern in super().get_urlpatterns() if pattern.name in kept),
            path("<uuid:pk>/again/", deliver_again, name="again"),
        ]


class WebhooksGroup(ModelViewSetGroup):
    menu_label = _("Webhooks")
    menu_icon = "upload"
    add_to_settings_menu = True
    items = (EndpointViewSet, DeliveryViewSet)
