import uuid
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.expressions import Func
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.webhooks.enums import EventType


class CurrentTransaction(Func):
    """PostgreSQL's id of the current transaction, the same in all its savepoints."""

    template = "pg_current_xact_id()::text::bigint"
    output_field = models.BigIntegerField()


class EventQuerySet(models.QuerySet["Event"]):
    def of_this_transaction(self) -> "EventQuerySet":
        return self.filter(transaction=CurrentTransaction())


class Event(models.Model):
    """What changed, as it is sent: surrogate keys, paths and at most one page, never content."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("what"), max_length=30, choices=EventType)
    created_at = models.DateTimeField(_("when"), default=timezone.now)
    keys = ArrayField(models.CharField(max_length=100), verbose_name=_("surrogate keys"), default=list)
    #: `{id, type, url}` where the event is about one page; `url` is null once the page is not public.
    page = models.JSONField(_("page"), null=True)
    paths = ArrayField(models.TextField(), verbose_name=_("addresses"), default=list)
    #: The transaction of the change: changes of one type in it are one event.
    transaction = models.BigIntegerField(editable=False)

    objects = EventQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("event")
        ordering = ["-created_at"]
        default_permissions = ()
        indexes = [models.Index(fields=["transaction", "kind"], name="event_of_transaction")]

    def __str__(self) -> str:
        return self.get_kind_display()

    def body(self) -> dict[str, Any]:
        """Return the body of the message: part of the public contract, and the same at every attempt."""
        return {
            "id": str(self.pk),
            "type": self.kind,
            "created_at": self.created_at.isoformat(),
            "data": {"keys": self.keys, "page": self.page, "paths": self.paths},
        }
