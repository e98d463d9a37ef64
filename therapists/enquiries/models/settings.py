from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import InlinePanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.models import Orderable

from core.models import RecordTranslation
from therapists.enums import Weekday


class BankHolidays(models.TextChoices):
    """By the codes of ISO 3166-2:GB. Wales has those of England."""

    ENGLAND_AND_WALES = "ENG", _("England and Wales")
    SCOTLAND = "SCT", _("Scotland")
    NORTHERN_IRELAND = "NIR", _("Northern Ireland")


@register_setting(icon="group")
class EnquirySettings(ClusterableModel, BaseGenericSetting):
    """Who answers for enquiries that no one has taken yet, and when somebody is there."""

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
    second_person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("told when something stays late"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("After the owner. Empty: the address where new enquiries are announced."),
    )
    bank_holidays = models.CharField(
        _("bank holidays"),
        max_length=3,
        choices=BankHolidays,
        default=BankHolidays.ENGLAND_AND_WALES,
        db_default=BankHolidays.ENGLAND_AND_WALES.value,
        blank=True,
        help_text=_("On these the practice is closed. Empty: on none."),
    )
    out_of_hours_words = models.TextField(
        _("while nobody is there"),
        db_default="",
        blank=True,
        max_length=600,
        help_text=_(
            "Outside your hours, to a visitor whose words are read for their safety first. Empty: that "
            "nobody may read it for some hours, and not to wait."
        ),
    )

    panels = [
        "duty_owner",
        "safety_owner",
        "second_person",
        MultiFieldPanel(
            [
                InlinePanel(
                    "opening_hours",
                    heading=_("Hours in which somebody reads enquiries"),
                    label=_("Hours"),
                    help_text=_("None: Monday to Friday, 9 to 5. What is due is counted in these hours."),
                ),
                "bank_holidays",
                InlinePanel("closures", heading=_("Other days on which you are closed"), label=_("Days")),
                "out_of_hours_words",
            ],
            heading=_("When somebody is there"),
        ),
    ]

    class Meta:
        verbose_name = _("enquiries")


class EnquirySettingsTranslation(RecordTranslation):
    original = models.ForeignKey(
        EnquirySettings, verbose_name=_("settings"), on_delete=models.CASCADE, related_name="translations"
    )
    out_of_hours_words = models.TextField(
        _("while nobody is there"),
        blank=True,
        max_length=600,
        help_text=_("Empty: as in the main language."),
    )

    panels = ["original", "locale", "out_of_hours_words"]

    class Meta(RecordTranslation.Meta):
        verbose_name = _("enquiries in another language")
        verbose_name_plural = _("enquiries in other languages")


class OpeningHours(Orderable):
    """Hours of a weekday in which somebody of the practice reads enquiries."""

    settings = ParentalKey(EnquirySettings, on_delete=models.CASCADE, related_name="opening_hours")
    weekday = models.PositiveSmallIntegerField(_("day"), choices=Weekday)
    opens = models.TimeField(_("from"))
    closes = models.TimeField(_("to"))

    panels = ["weekday", "opens", "closes"]

    class Meta(Orderable.Meta):
        verbose_name = _("hours")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes__gt=models.F("opens")),
                name="closes_after_it_opens",
                violation_error_message=_("Close later than you open."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()}, {self.opens:%H:%M}–{self.closes:%H:%M}"


class Closure(Orderable):
    """Days on which the practice is closed, both ends included."""

    settings = ParentalKey(EnquirySettings, on_delete=models.CASCADE, related_name="closures")
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))

    panels = ["first_day", "last_day"]

    class Meta(Orderable.Meta):
        verbose_name = _("days closed")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last_day__gte=models.F("first_day")),
                name="closure_ends_after_it_begins",
                violation_error_message=_("The last day is before the first."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.first_day} – {self.last_day}"
