"""Who may look, and who looked at what. The database refuses to change or delete a row of these tables."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from therapists.enquiries.models.base import PrivateModel


class ReadingKind(models.TextChoices):
    ENQUIRY = "enquiry", _("Read the enquiry")
    LIST = "list", _("Saw it in a list")
    EXPORT = "export", _("Exported it")
    DISCLOSURE = "disclosure", _("Made a copy for the person")
    DECISION = "decision", _("Read the record of a decision")
    OFFER = "offer", _("Read the offer")
    INTRODUCTION = "introduction", _("Read the introduction")


class AccessLogEntry(PrivateModel):
    """One reading by one person. It outlives the enquiry, so it holds keys and no content."""

    enquiry_id = models.UUIDField(_("enquiry"))
    reference = models.CharField(_("reference"), max_length=20)
    reading = models.CharField(_("what"), max_length=15, choices=ReadingKind)
    #: Kept as it was: deleting an account must not rewrite the log.
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
    )
    reader_name = models.CharField(_("name of the reader"), max_length=150, blank=True, db_default="")
    therapist_id = models.PositiveBigIntegerField(_("therapist"), null=True)
    therapist_name = models.CharField(_("name of the therapist"), max_length=255, blank=True, db_default="")
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
    opened_by_name = models.CharField(_("name of who"), max_length=150, blank=True, db_default="")
    reason = models.CharField(_("reason"), max_length=300)
    opened_at = models.DateTimeField(_("when"), default=timezone.now)
    expires_at = models.DateTimeField(_("until"))

    class Meta(PrivateModel.Meta):
        verbose_name = _("break-glass")
        verbose_name_plural = _("break-glass")
        ordering = ["-opened_at"]

    def __str__(self) -> str:
        return f"{self.reference}, {self.opened_at:%Y-%m-%d %H:%M}"


class TeamChange(PrivateModel):
    """Someone may read enquiries from now on, or no longer. Who is on the team is whoever joined last."""

    class Kind(models.TextChoices):
        JOINED = "joined", _("joined the Matching team")
        LEFT = "left", _("left the Matching team")

    kind = models.CharField(_("what"), max_length=10, choices=Kind)
    #: Kept as they were, with their names: deleting an account must not rewrite the log.
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    name = models.CharField(_("who"), max_length=150)
    #: None where it was not done in the admin, or nobody can tell.
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
    )
    made_by_name = models.CharField(_("by whom"), max_length=150, blank=True)
    noticed_at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta(PrivateModel.Meta):
        verbose_name = _("change of the team")
        ordering = ["-noticed_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.name}: {self.get_kind_display()}"
