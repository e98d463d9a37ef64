"""Who looked at what. The database refuses to change or delete a row of either table."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from therapists.enquiries.models.base import PrivateModel


class Reading(models.TextChoices):
    ENQUIRY = "enquiry", _("Read the enquiry")
    LIST = "list", _("Saw it in a list")
    EXPORT = "export", _("Exported it")
    DISCLOSURE = "disclosure", _("Made a copy for the person")
    OFFER = "offer", _("Read the offer")
    INTRODUCTION = "introduction", _("Read the introduction")


class AccessLogEntry(PrivateModel):
    """One reading by one person. It outlives the enquiry, so it holds keys and no content."""

    enquiry_id = models.UUIDField(_("enquiry"))
    reference = models.CharField(_("reference"), max_length=20)
    reading = models.CharField(_("what"), max_length=15, choices=Reading)
    #: Kept as it was: deleting an account must not rewrite the log.
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
    )
    therapist_id = models.PositiveBigIntegerField(_("therapist"), null=True)
    read_at = models.DateTimeField(_("when"), default=timezone.now)
    break_glass = models.ForeignKey(
        "enquiries.BreakGlass", null=True, on_delete=models.DO_NOTHING, related_name="readings"
    )

    class Meta(PrivateModel.Meta):
        verbose_name = _("reading")
        ordering = ["-read_at", "-pk"]
        indexes = [models.Index(fields=["enquiry_id", "-read_at"], name="readings_of_enquiry")]

    def __str__(self) -> str:
        return f"{self.reference}: {self.get_reading_display()}"


class BreakGlass(PrivateModel):
    """An administrator opened an enquiry that is none of their daily business, and said why."""

    enquiry_id = models.UUIDField(_("enquiry"))
    reference = models.CharField(_("reference"), max_length=20)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
    )
    reason = models.CharField(_("reason"), max_length=300)
    opened_at = models.DateTimeField(_("when"), default=timezone.now)
    expires_at = models.DateTimeField(_("until"))

    class Meta(PrivateModel.Meta):
        verbose_name = _("break-glass")
        verbose_name_plural = _("break-glass")
        ordering = ["-opened_at"]

    def __str__(self) -> str:
        return f"{self.reference}, {self.opened_at:%Y-%m-%d %H:%M}"
