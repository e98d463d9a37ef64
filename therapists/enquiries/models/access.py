"""Who may look, and who looked at what. The database refuses to change or delete a row of these tables."""

from typing import Self

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from therapists.enquiries.models.base import PrivateModel
from therapists.models import TherapistPage


class ReadingKind(models.TextChoices):
    ENQUIRY = "enquiry", _("Read the enquiry")
    LIST = "list", _("Saw it in a list")
    EXPORT = "export", _("Exported it")
    DISCLOSURE = "disclosure", _("Made a copy for the person")
    OFFER = "offer", _("Read the offer")
    INTRODUCTION = "introduction", _("Read the introduction")


def _account_name(key: str) -> models.Subquery:
    """None where the account is gone. A join would lose the row with it."""
    return models.Subquery(
        get_user_model().objects.filter(pk=models.OuterRef(key)).values("username"),
        output_field=models.CharField(),
    )


class AccessLogQuerySet(models.QuerySet["AccessLogEntry"]):
    def with_names(self) -> Self:
        """`reader_name` and `therapist_name`; None where there is none, or no longer."""
        therapist = TherapistPage.objects.filter(pk=models.OuterRef("therapist_id"))
        return self.annotate(
            reader_name=_account_name("reader"), therapist_name=models.Subquery(therapist.values("title"))
        )


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
    therapist_id = models.PositiveBigIntegerField(_("therapist"), null=True)
    read_at = models.DateTimeField(_("when"), default=timezone.now)
    break_glass = models.ForeignKey(
        "enquiries.BreakGlass", null=True, on_delete=models.DO_NOTHING, related_name="readings"
    )

    objects = AccessLogQuerySet.as_manager()

    class Meta(PrivateModel.Meta):
        verbose_name = _("reading")
        ordering = ["-read_at", "-pk"]
        indexes = [models.Index(fields=["enquiry_id", "-read_at"], name="readings_of_enquiry")]

    def __str__(self) -> str:
        return f"{self.reference}: {self.get_reading_display()}"


class BreakGlassQuerySet(models.QuerySet["BreakGlass"]):
    def with_names(self) -> Self:
        """`opened_by_name`, which is None where the account is gone."""
        return self.annotate(opened_by_name=_account_name("opened_by"))


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

    objects = BreakGlassQuerySet.as_manager()

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
