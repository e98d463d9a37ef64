"""Settings of the site: the practice, urgent help and the navigation."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.settings.models import register_setting
from wagtail.fields import StreamField

from core.blocks.link import LinkBlock
from core.languages import active_language
from core.link_resolver import LinkResolver
from core.models import PracticeImage, PublicSetting
from core.phone_numbers import PhoneNumberField


@register_setting(icon="home")
class PracticeSettings(PublicSetting):
    select_related = ["share_image", "enquiry_page"]

    practice_name = models.CharField(
        _("name of the practice"),
        max_length=80,
        default=_("Our practice"),
        help_text=_("At the top of each page, in titles and in e-mails."),
    )
    strapline = models.CharField(
        _("strapline"),
        max_length=160,
        blank=True,
        help_text=_(
            "What you do, in a sentence: search engines show it where a page says nothing of itself."
        ),
    )
    contact_email = models.EmailField(
        _("public e-mail address"),
        blank=True,
        help_text=_("Shown to visitors. Empty: none is shown."),
    )
    contact_phone = PhoneNumberField(
        _("public phone number"),
        blank=True,
        help_text=_("Shown to visitors. Empty: none is shown."),
    )
    opening_hours = models.CharField(
        _("when someone answers"),
        max_length=120,
        blank=True,
        help_text=_("“Monday to Friday, 9 to 5”."),
    )
    enquiries_email = models.EmailField(
        _("where new enquiries are announced"),
        blank=True,
        help_text=_("Gets a link to each new enquiry, never its content. Not shown to visitors."),
    )
    enquiry_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page where an enquiry starts"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Where “Ask about seeing this therapist” leads from each profile."),
    )
    says_reply_time = models.BooleanField(
        _("say how soon you usually reply"),
        default=True,
        help_text=_("Counted from the last 30 days, and shown to visitors only while it is true."),
    )
    reply_within_working_days = models.PositiveSmallIntegerField(
        _("working days within which you reply"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(10)],
        help_text=_("Said to visitors until ten replies of the last 30 days tell how it is. Empty: nothing."),
    )
    company_details = models.TextField(
        _("company details"), blank=True, help_text=_("Shown at the foot of each page.")
    )

    share_image = models.ForeignKey(
        "core.PracticeImage",
        verbose_name=_("picture for shared links"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_(
            "Shown with links to pages that have no picture of their own. 1200 × 630 pixels fit best."
        ),
    )
    quick_exit_url = models.URLField(
        _("where “Leave this site” leads"),
        default="https://www.bbc.co.uk/weather",
        help_text=_("An everyday page, for a reader who must not be seen reading this site."),
    )

    panels = [
        "practice_name",
        "strapline",
        "contact_email",
        "contact_phone",
        "opening_hours",
        "enquiries_email",
        "enquiry_page",
        "says_reply_time",
        "reply_within_working_days",
        "company_details",
        "share_image",
        "quick_exit_url",
    ]

    class Meta:
        verbose_name = _("practice")

    def clean(self) -> None:
        super().clean()
        if self.share_image and not self.share_image.is_public:
            private = _("This picture is private: its collection asks for a log-in. Choose another.")
            raise ValidationError({"share_image": private})

    @property
    def address_for_enquiries(self) -> str:
        """Where new enquiries are announced, or nothing."""
        return self.enquiries_email or self.contact_email

    @property
    def shared_image(self) -> PracticeImage | None:
        return self.share_image if self.share_image and self.share_image.is_public else None


class FooterGroupBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"), max_length=40)
    links = blocks.ListBlock(LinkBlock(), label=_("Links"))

    class Meta:
        icon = "list-ul"
        label = _("Group of links")
        description = _("A heading and the links under it")
        template = "components/streamfield/footer_group_block.html"
        preview_value = {
            "heading": "About us",
            "links": [{"label": "Fees", "address": "https://example.org/"}],
        }

    def get_context(self, value: blocks.StructValue, parent_context: dict | None = None) -> dict[str, Any]:
        return super().get_context(value, parent_context=parent_context) | {
            "heading": value["heading"],
            "links": LinkResolver(value["links"], active_language()).resolve(value["links"]),
        }


@register_setting(icon="list-ul")
class Navigation(PublicSetting):
    header = StreamField(
        [("link", LinkBlock())],
        verbose_name=_("links at the top"),
        blank=True,
        max_num=6,
        help_text=_("At most six. A link to a page that is not public is not shown."),
    )
    footer = StreamField(
        [("group", FooterGroupBlock())],
        verbose_name=_("links at the foot"),
        blank=True,
        max_num=4,
        help_text=_("At most four groups. A link to a page that is not public is not shown."),
    )

    panels = ["header", "footer"]

    class Meta:
        verbose_name = _("navigation")
