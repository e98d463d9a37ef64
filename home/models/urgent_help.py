"""Where help is at once, and the words after which it is shown first."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.contrib.settings.models import register_setting
from wagtail.fields import StreamField

from core.admin.checking import CheckedForm
from core.models import PublicSetting
from home.urgent_help.groups import HelpGroup
from home.urgent_help.recogniser import OwnPhrase


class EspeciallyFor(models.TextChoices):
    """For whom a help line is there in the first place: it comes first where words are about that."""

    UNDER_18 = "under_18", _("Anyone under 18")
    DOMESTIC_ABUSE = "domestic_abuse", _("Domestic abuse")
    SEXUAL_VIOLENCE = "sexual_violence", _("Rape and sexual abuse")
    EATING = "eating", _("Eating problems")


class HelpLineBlock(blocks.StructBlock):
    name = blocks.CharBlock(label=_("Name"), max_length=80)
    what_for = blocks.CharBlock(label=_("What it is for"), max_length=200)
    especially_for = blocks.ChoiceBlock(
        choices=EspeciallyFor.choices,
        label=_("Especially for"),
        required=False,
        help_text=_("It comes first where somebody’s words are about this, and last elsewhere."),
    )
    phone = blocks.CharBlock(label=_("Phone number"), required=False, max_length=20)
    text_number = blocks.CharBlock(
        label=_("Text message"),
        required=False,
        max_length=60,
        help_text=_("“Text SHOUT to 85258”."),
    )
    sms_number = blocks.CharBlock(
        label=_("Number to text"),
        required=False,
        max_length=20,
        validators=[RegexValidator(r"^\+?[0-9 ]+$", _("Write digits only."))],
        help_text=_("“85258”. With it the words above can be tapped."),
    )
    sms_words = blocks.CharBlock(
        label=_("First word to send"), required=False, max_length=40, help_text=_("“SHOUT”.")
    )
    address = blocks.URLBlock(label=_("Web address"), required=False)
    hours = blocks.CharBlock(label=_("Hours"), max_length=80)
    nations = blocks.CharBlock(label=_("Where in the UK"), max_length=80, default="UK")
    answers = blocks.CharBlock(
        label=_("What the service says of itself"),
        required=False,
        max_length=200,
        help_text=_("How soon it answers, above all. Leave it empty where it says nothing."),
    )
    source = blocks.URLBlock(
        label=_("Where it says so"), required=False, help_text=_("The page of the service with these facts.")
    )
    checked_on = blocks.DateBlock(label=_("Checked on"), required=False)
    is_emergency = blocks.BooleanBlock(label=_("For an emergency"), required=False)

    class Meta:
        icon = "mobile-alt"
        label = _("Help line")
        description = _("A service for people who need help soon")
        template = "components/streamfield/help_line_block.html"
        preview_value = {
            "name": "Samaritans",
            "what_for": "Whatever you are going through",
            "phone": "116 123",
            "hours": "Day and night, all year",
            "nations": "UK",
        }


@register_setting(icon="warning")
class CrisisHelp(PublicSetting):
    """Urgent help. Every page shows it from this one record."""

    select_related = ["page"]

    heading = models.CharField(
        _("heading"),
        max_length=80,
        default=_("Get help now"),
        help_text=_("Above the help lines, on every page that shows them."),
    )
    introduction = models.TextField(
        _("introduction"),
        blank=True,
        help_text=_("A sentence or two between the heading and the help lines."),
    )
    help_lines = StreamField(
        [("help_line", HelpLineBlock())],
        verbose_name=_("help lines"),
        blank=True,
        help_text=_(
            "For your visitors’ nation first. Those with a phone number stand at the foot of each page."
        ),
    )
    checked_on = models.DateField(
        _("numbers checked on"),
        null=True,
        blank=True,
        help_text=_("The day on which somebody of the practice rang each of them. Visitors are told."),
    )
    checked_by = models.CharField(_("checked by"), max_length=150, blank=True, db_default="", editable=False)
    page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page with more help"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Where all of it stands. “Get help now” leads there."),
    )

    base_form_class = CheckedForm

    panels = [
        "heading",
        "introduction",
        "help_lines",
        FieldRowPanel(["checked_on", FieldPanel("checked_by", read_only=True)]),
        "page",
    ]

    class Meta:
        verbose_name = _("urgent help")

    @cached_property
    def lines_to_ring(self) -> list[blocks.StructValue]:
        """The help lines that have a phone number, in the editors' order."""
        return [line.value for line in self.help_lines if line.value["phone"]]


class RiskPhraseQuerySet(models.QuerySet["RiskPhrase"]):
    def as_own_phrases(self) -> list[OwnPhrase]:
        return [OwnPhrase(words, HelpGroup(group)) for words, group in self.values_list("phrase", "group")]


class RiskPhrase(models.Model):
    """Words that a practice adds to the rules that it came with. They block nothing and label no one."""

    class Group(models.TextChoices):
        SUICIDE = HelpGroup.SUICIDE, _("Suicide")
        SELF_HARM = HelpGroup.SELF_HARM, _("Self-harm")
        HARM_TO_OTHERS = HelpGroup.HARM_TO_OTHERS, _("Harm to others")
        ABUSE = HelpGroup.ABUSE, _("Abuse and sexual violence")
        PSYCHOSIS = HelpGroup.PSYCHOSIS, _("Voices and other signs of psychosis")
        EATING = HelpGroup.EATING, _("Eating")

    wagtail_reference_index_ignore = True

    phrase = models.CharField(
        _("words"),
        max_length=80,
        unique=True,
        help_text=_(
            "Beside those that the site knows, in any of its languages. "
            "“the old quarry” also finds “The Old Quarries”."
        ),
    )
    group = models.CharField(
        _("what they are about"),
        max_length=20,
        choices=Group.choices,
        default=Group.SUICIDE,
        help_text=_("Decides which help lines come first."),
    )
    note = models.CharField(_("why it is here"), max_length=160, blank=True)

    objects = RiskPhraseQuerySet.as_manager()

    panels = [FieldPanel("phrase"), FieldPanel("group"), FieldPanel("note")]

    class Meta:
        verbose_name = _("risk phrase")
        verbose_name_plural = _("risk phrases")
        ordering = ["phrase"]

    def __str__(self) -> str:
        return self.phrase

    def clean(self) -> None:
        super().clean()
        self.phrase = " ".join(self.phrase.casefold().split())
