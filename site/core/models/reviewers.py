from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Reviewer(models.Model):
    """Someone qualified to check what the site says."""

    name = models.CharField(
        _("name"),
        max_length=120,
        help_text=_("As readers should see it."),
    )
    credentials = models.CharField(
        _("credentials"),
        max_length=200,
        help_text=_("As a reader should see them: “consultant clinical psychologist”."),
    )
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="reviewer",
        limit_choices_to=models.Q(groups__permissions__codename="sign_off_pages")
        | models.Q(is_superuser=True),
        help_text=_("Whoever signs in with it may sign off pages in this name: a clinical reviewer's own."),
    )

    panels = ["name", "credentials", "account"]

    class Meta:
        verbose_name = _("reviewer")
        verbose_name_plural = _("reviewers")
        ordering = ["name"]
        permissions = [("sign_off_pages", "Can sign off pages about health")]

    def __str__(self) -> str:
        return f"{self.name}, {self.credentials}"
