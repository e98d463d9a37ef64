from django.db import models
from django.utils.translation import gettext_lazy as _

from core.outbox import Outgoing, OutgoingQuerySet
from core.webhooks.models.endpoints import Endpoint
from core.webhooks.models.events import Event


class DeliveryQuerySet(OutgoingQuerySet["Delivery"]):
    """Deliveries of webhooks, filtered by how far they got."""


class Delivery(Outgoing):
    """One event for one endpoint, and how far it got. Of the answer only the status is kept."""

    event = models.ForeignKey(Event, verbose_name=_("event"), on_delete=models.CASCADE, related_name="+")
    endpoint = models.ForeignKey(
        Endpoint, verbose_name=_("endpoint"), on_delete=models.CASCADE, related_name="+"
    )
    status_code = models.PositiveSmallIntegerField(_("answer"), null=True)

    objects = DeliveryQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta(Outgoing.Meta):
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["-created_at"]
        default_permissions = ("view",)
        indexes = [models.Index(fields=["state", "next_attempt_at"], name="delivery_by_next_attempt")]
        constraints = [models.UniqueConstraint(fields=["event", "endpoint"], name="one_delivery_of_an_event")]

    def __str__(self) -> str:
        return f"{self.event} → {self.endpoint}"
