"""What the settings say in other languages than the site's main one."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import StreamField

from core.blocks.link import LinkBlock
from core.models import RecordTranslation
from home.models.settings import FooterGroupBlock, Navigation, PracticeSettings
from home.models.urgent_help import CrisisHelp, HelpLineBlock

AS_IN_MAIN_LANGUAGE = _("Empty: as in the main language.")


class PracticeTranslation(RecordTranslation):
    original = models.ForeignKey(
        PracticeSettings, verbose_name=_("site"), on_delete=models.CASCADE, related_name="translations"
    )
    practice_name = models.CharField(
        _("name of the practice"), max_length=80, blank=True, help_text=AS_IN_MAIN_LANGUAGE
    )
    strapline = models.CharField(_("strapline"), max_length=160, blank=True, help_text=AS_IN_MAIN_LANGUAGE)
    opening_hours = models.CharField(
        _("when someone answers"), max_length=120, blank=True, help_text=AS_IN_MAIN_LANGUAGE
    )
    company_details = models.TextField(_("company details"), blank=True, help_text=AS_IN_MAIN_LANGUAGE)
    quick_exit_url = models.URLField(
        _("where “Leave this site” leads"), blank=True, help_text=AS_IN_MAIN_LANGUAGE
    )

    panels = [
        "original",
        "locale",
        "practice_name",
        "strapline",
        "opening_hours",
        "company_details",
        "quick_exit_url",
    ]

    class Meta(RecordTranslation.Meta):
        verbose_name = _("practice in another language")
        verbose_name_plural = _("practice in other languages")


class CrisisHelpTranslation(RecordTranslation):
    """The help lines of a language are those for its readers: the same ones, or others."""

    copied_at_first = ("help_lines",)
    belongs_to = {"checked_on": "help_lines", "checked_by": "help_lines"}

    original = models.ForeignKey(
        CrisisHelp, verbose_name=_("site"), on_delete=models.CASCADE, related_name="translations"
    )
    heading = models.CharField(_("heading"), max_length=80, blank=True, help_text=AS_IN_MAIN_LANGUAGE)
    introduction = models.TextField(_("introduction"), blank=True, help_text=AS_IN_MAIN_LANGUAGE)
    help_lines = StreamField(
        [("help_line", HelpLineBlock())],
        verbose_name=_("help lines"),
        blank=True,
        help_text=_("For readers of this language, best first. None: those of the main language."),
    )
    checked_on = models.DateField(
        _("numbers checked on"),
        null=True,
        blank=True,
        help_text=_("The day on which somebody of the practice rang each of them. Visitors are told."),
    )
    checked_by = models.CharField(_("checked by"), max_length=150, blank=True, db_default="", editable=False)

    panels = [
        "original",
        "locale",
        "heading",
        "introduction",
        "help_lines",
        FieldRowPanel(["checked_on", FieldPanel("checked_by", read_only=True)]),
    ]

    class Meta(RecordTranslation.Meta):
        verbose_name = _("urgent help in another language")
        verbose_name_plural = _("urgent help in other languages")


class NavigationTranslation(RecordTranslation):
    """Links lead to the version of a page in the reader's language by themselves: this is for their words."""

    copied_at_first = ("header", "footer")

    original = models.ForeignKey(
        Navigation, verbose_name=_("site"), on_delete=models.CASCADE, related_name="translations"
    )
    header = StreamField(
        [("link", LinkBlock())],
        verbose_name=_("links at the top"),
        blank=True,
        max_num=6,
        help_text=_("At most six. None: those of the main language."),
    )
    footer = StreamField(
        [("group", FooterGroupBlock())],
        verbose_name=_("links at the foot"),
        blank=True,
        max_num=4,
        help_text=_("At most four groups. None: those of the main language."),
    )

    panels = ["original", "locale", "header", "footer"]

    class Meta(RecordTranslation.Meta):
        verbose_name = _("navigation in another language")
        verbose_name_plural = _("navigation in other languages")
