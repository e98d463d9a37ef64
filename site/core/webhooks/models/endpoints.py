import uuid
from datetime import datetime, timedelta
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.encryption import EncryptedTextField
from core.webhooks import signing
from core.webhooks.addresses import AddressRefused, check_url
from core.webhooks.enums import CHOICES, EventType

#: How long an older secret signs beside a new one.
OVERLAP = timedelta(days=7)


class EndpointQuerySet(models.QuerySet["Endpoint"]):
    def active(self) -> "EndpointQuerySet":
        return self.filter(is_active=True)

    def wanting(self, kind: EventType) -> "EndpointQuerySet":
        return self.active().filter(events__contains=[kind])


class Endpoint(models.Model):
    """An address of another front end, to which events of the chosen types are sent."""

    name = models.CharField(_("name"), max_length=80, help_text=_("What you call it: “The app”."))
    url = models.CharField(
        _("address"),
        max_length=500,
        help_text=_("Where messages are sent. It begins with https:// and holds no name or password."),
    )
    events = ArrayField(
        models.CharField(max_length=30, choices=CHOICES), verbose_name=_("what it hears of"), default=list
    )
    is_active = models.BooleanField(
        _("switched on"),
        default=True,
        help_text=_("While it is off nothing is sent, and nothing is kept for later."),
    )
    paused_at = models.DateTimeField(_("stopped"), null=True, blank=True, editable=False)
    paused_because = models.CharField(_("why it stopped"), max_length=80, blank=True, editable=False)

    objects = EndpointQuerySet.as_manager()

    class Meta:
        verbose_name = _("endpoint")
        verbose_name_plural = _("endpoints")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store it together with the pages that are public now: else all of them would be news."""
        super().save(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        if not self.url:
            return
        try:
            check_url(self.url)
        except AddressRefused as refusal:
            raise ValidationError({"url": refusal.message}) from None

    def pause(self, because: str) -> None:
        """Send nothing more until a person switches the endpoint on again."""
        self.is_active = False
        self.paused_at = timezone.now()
        self.paused_because = because
        self.save(update_fields=["is_active", "paused_at", "paused_because"])

    def new_secret(self, *, older_ones_end: datetime | None = None) -> "EndpointSecret":
        """Make a secret. Older ones sign beside it for a while, until the receiver has changed over."""
        end = older_ones_end or timezone.now() + OVERLAP
        self.secrets.in_use().filter(retires_at=None).update(retires_at=end)
        if older_ones_end:
            self.secrets.in_use().update(retires_at=end)
        return self.secrets.create(sealed_secret=signing.new_secret())


class SecretQuerySet(models.QuerySet["EndpointSecret"]):
    def in_use(self) -> "SecretQuerySet":
        return self.filter(models.Q(retires_at=None) | models.Q(retires_at__gt=timezone.now()))


class EndpointSecret(models.Model):
    """A secret that signs the messages of an endpoint. It is shown to a person once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    endpoint = models.ForeignKey(Endpoint, on_delete=models.CASCADE, related_name="secrets")
    sealed_secret = EncryptedTextField(_("secret"))
    created_at = models.DateTimeField(_("made"), default=timezone.now)
    shown_at = models.DateTimeField(_("shown"), null=True)
    retires_at = models.DateTimeField(_("ends"), null=True)

    objects = SecretQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("secret")
        ordering = ["-created_at"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"Secret {self.pk}"
