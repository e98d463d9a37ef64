from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting


@register_setting(icon="group")
class EnquirySettings(BaseGenericSetting):
    """Who answers for enquiries that no one has taken yet."""

    duty_owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("owner of new enquiries"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Empty: whoever on the Matching team has the fewest."),
    )
    safety_owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("owner of safety checks"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Reads at once what may be about someone’s safety."),
    )

    panels = ["duty_owner", "safety_owner"]

    class Meta:
        verbose_name = _("enquiries")
