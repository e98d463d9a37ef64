from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
)
from wagtail.api import APIField
from wagtail.models import Page, PageManager, Site
from wagtail.search import index

from core.conditional_text import ConditionalText
from core.content_api.representation.fields import ChoiceField, ChoicesField, PictureField
from core.deletion import Instead
from core.linked_pages import all_public_pages
from core.models import BasePage
from core.renditions import filter_specs
from core.seo.structured_data import Node, extended, practice_id
from therapists.enums import ConcernLevel, Gender, Language, SessionFormat, TrainingLevel
from therapists.forms import TherapistPageForm
from therapists.models.availability import Availability
from therapists.models.practice import (
    ClientGroupFee,
    TherapistConcern,
    TherapistTherapy,
    rows_of_public_pages,
)
from therapists.models.querysets import TherapistQuerySet, registration_of_another
from therapists.models.registrations import Registration
from therapists.serializers import (
    AvailabilityField,
    ConcernsField,
    FeesField,
    QualificationsField,
    RegistrationsField,
    TherapiesField,
)
from therapists.structured_data import CurrentRegistration, therapist

#: The rows that a profile shows, several of them in more than one place.
SHOWN_ROWS = (
    "concerns",
    "therapies",
    "registrations",
    "qualifications",
    "fees",
    "availability__absences",
    "availability__windows",
)


class TherapistPage(BasePage):
    """A therapist's public profile. The title is the therapist's name."""

    page_description = _(
        "The public profile of one therapist. Visitors see it once the registration is checked."
    )
    parent_page_types = ["therapists.TherapistIndexPage"]
    subpage_types: list[str] = []
    template = "pages/therapist_page.html"
    kind_label = _("Therapist")
    kind_heading = _("Therapists")
    schema_type = "ProfilePage"
    shown_with = (*BasePage.shown_with, "portrait", "availability")
    #: What was checked of one person is not true of another.
    of_its_subject = ("registrations", "qualifications", "concerns", "therapies")
    card_picture = ("portrait", "portrait_card")
    listed_pictures = {**BasePage.listed_pictures, "portrait": filter_specs("portrait_profile")[-1]}

    is_sample = models.BooleanField(
        _("sample profile"), default=False, help_text=_("A made-up person. The page says so.")
    )
    professional_title = models.CharField(
        _("professional title"),
        max_length=120,
        help_text=_("“Counsellor”, “clinical psychologist”."),
    )
    pronouns = models.CharField(_("pronouns"), max_length=40, blank=True)
    gender = models.CharField(
        _("gender"),
        max_length=12,
        choices=Gender,
        blank=True,
        help_text=_("Only if they wish to say."),
    )
    portrait = models.ForeignKey(
        "core.PracticeImage",
        verbose_name=_("portrait"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    practising_since = models.PositiveSmallIntegerField(
        _("in practice since (year)"),
        null=True,
        blank=True,
        help_text=_("Shown to visitors. Never counts in matching."),
    )
    own_sentence = models.CharField(
        _("a sentence of their own"),
        max_length=120,
        blank=True,
        db_default="",
        help_text=_(
            "The first thing a visitor reads of them, in their own voice: "
            "“You do not have to begin with the worst of it.” Without it the summary stands there."
        ),
    )
    how_i_work = models.TextField(_("how I work"), max_length=640, blank=True)
    first_meeting = models.TextField(_("what a first meeting is like"), max_length=360, blank=True)
    about_me = models.TextField(_("a little about me"), max_length=360, blank=True)
    formats = ArrayField(
        models.CharField(max_length=10, choices=SessionFormat),
        verbose_name=_("ways to meet"),
        default=list,
    )
    languages = ArrayField(
        models.CharField(max_length=5, choices=Language), verbose_name=_("languages"), default=list
    )
    location = models.CharField(_("town, for meeting in person"), max_length=80, blank=True)
    access_details = models.TextField(
        _("access"),
        max_length=480,
        blank=True,
        help_text=_("Captions, step-free rooms, breaks, written notes: what someone can count on."),
    )
    consultation_minutes = models.PositiveSmallIntegerField(
        _("minutes of the free first consultation"), default=20
    )

    objects = PageManager.from_queryset(TherapistQuerySet)()

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldRowPanel(["professional_title", "pronouns"]),
                FieldRowPanel(["gender", "practising_since"]),
                "portrait",
                "is_sample",
            ],
            heading=_("Who they are"),
        ),
        MultiFieldPanel(
            ["own_sentence", "how_i_work", "first_meeting", "about_me"], heading=_("In their words")
        ),
    ]
    practice_panels = [
        InlinePanel("concerns", heading=_("What they help with"), label=_("Concern")),
        InlinePanel("therapies", heading=_("Therapies"), label=_("Therapy")),
        InlinePanel("fees", heading=_("Whom they see, and fees"), label=_("Client group")),
        MultiFieldPanel(
            [
                FieldPanel("formats", required_on_save=False),
                FieldPanel("languages", required_on_save=False),
                "location",
                "access_details",
                "consultation_minutes",
            ],
            heading=_("How they meet"),
        ),
    ]
    registration_panels = [
        InlinePanel("registrations", heading=_("Registrations"), label=_("Registration")),
        InlinePanel("qualifications", heading=_("Qualifications"), label=_("Qualification")),
    ]
    base_form_class = TherapistPageForm
    content_heading = _("Profile")
    tabs = [(_("Practice"), practice_panels), (_("Registration"), registration_panels)]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("professional_title"),
        index.SearchField("own_sentence"),
        index.SearchField("how_i_work"),
        index.SearchField("about_me"),
    ]
    api_fields = [
        *BasePage.api_fields,
        APIField("is_sample"),
        APIField("professional_title"),
        APIField("pronouns"),
        APIField("gender", serializer=ChoiceField(Gender)),
        APIField("portrait", serializer=PictureField("portrait_card", "portrait_profile")),
        APIField("practising_since"),
        APIField("years_in_practice"),
        APIField("own_sentence"),
        APIField("how_i_work"),
        APIField("first_meeting"),
        APIField("about_me"),
        APIField("formats", serializer=ChoicesField(SessionFormat)),
        APIField("languages", serializer=ChoicesField(Language)),
        APIField("location"),
        APIField("access_details"),
        APIField("consultation_minutes"),
        APIField("concerns", serializer=ConcernsField()),
        APIField("therapies", serializer=TherapiesField()),
        APIField("fees", serializer=FeesField()),
        APIField("registrations", serializer=RegistrationsField()),
        APIField("qualifications", serializer=QualificationsField()),
        APIField(
            "availability", serializer=AvailabilityField(source="availability_or_none", allow_null=True)
        ),
    ]

    class Meta:
        verbose_name = _("therapist")
        verbose_name_plural = _("therapists")

    def instead_of_deleting(self) -> Instead:
        """Return what to do with a profile that enquiries need."""
        words = _("Say instead, under Therapists → Who left, that they have left.")
        return Instead(words, reverse("departures:add"), _("Say that they have left"))

    def check_draft_to_publish(self) -> None:
        super().check_draft_to_publish()
        self.check_registrations(self.registrations.all())

    def check_registrations(self, rows: Iterable[Registration]) -> None:
        """Raise `ValidationError` where a number is on the published profile of somebody else."""
        if taken := registration_of_another(self, [(row.body, row.number) for row in rows]):
            words = gettext("The number %(number)s of %(register)s is on the profile of %(name)s.")
            known = {"number": taken.number, "register": taken, "name": taken.therapist.title}
            raise ValidationError(words % known)

    @property
    def years_in_practice(self) -> int | None:
        if self.practising_since is None:
            return None
        return max(0, timezone.localdate().year - self.practising_since)

    @property
    def specialisms(self) -> list[TherapistConcern]:
        return [row for row in self.concerns.all() if row.level == ConcernLevel.SPECIALISM]

    @property
    def format_names(self) -> list[str]:
        return [str(label) for value, label in SessionFormat.choices if value in self.formats]

    @property
    def meeting_place(self) -> str:
        return self.location if SessionFormat.IN_PERSON in self.formats else ""

    @property
    def language_names(self) -> list[str]:
        return [str(label) for value, label in Language.choices if value in self.languages]

    @property
    def other_language_names(self) -> list[str]:
        """What is spoken beside English: worth a word only then."""
        return [str(Language(value).label) for value in self.languages if value != Language.ENGLISH]

    @property
    def opening_sentence(self) -> str:
        """Their own sentence, or the summary where they gave none."""
        return self.own_sentence or self.summary

    @property
    def lowest_fee(self) -> ClientGroupFee | None:
        return min(self.fees.all(), key=lambda row: row.fee, default=None)

    @property
    def fully_trained_in(self) -> list[str]:
        """The titles of the public therapies with the full training, in the therapist's own order."""
        return [row.therapy.title for row in self.public_therapies if row.training == TrainingLevel.FULL]

    @property
    def current_registrations(self) -> list[Registration]:
        today = timezone.localdate()
        return [row for row in self.registrations.all() if row.is_current(today)]

    @property
    def availability_or_none(self) -> Availability | None:
        """The diary, or None: for templates, as a reverse one-to-one relation raises without one."""
        return getattr(self, "availability", None)

    @property
    def public_concerns(self) -> list[TherapistConcern]:
        return rows_of_public_pages(self.concerns.all(), "concern")

    @property
    def public_therapies(self) -> list[TherapistTherapy]:
        return rows_of_public_pages(self.therapies.all(), "therapy")

    @property
    def subjects(self) -> list[str]:
        """The titles of the public pages about their therapies and about what they help with."""
        pages = {
            **all_public_pages("therapies.TherapyPage", None),
            **all_public_pages("therapies.ConcernPage", None),
        }
        return [pages[pk].title for pk in self._subject_ids() if pk in pages]

    def _subject_ids(self) -> list[int]:
        therapies = [row.therapy_id for row in self.therapies.all()]
        concerns = [row.concern_id for row in self.concerns.all() if row.level != ConcernLevel.DOES_NOT_TAKE]
        return therapies + concerns

    def conditional_texts(self) -> Iterator[ConditionalText]:
        """Add the subjects, by which a search finds who helps with them."""
        yield from super().conditional_texts()
        for pk in self._subject_ids():
            yield ConditionalText(((Page, pk),), title_of=pk)

    @property
    def description(self) -> str:
        """The description, which says of a sample profile that it is one."""
        if self.is_sample:
            return gettext("Sample profile of a made-up person. %s") % super().description
        return super().description

    @property
    def opening_words(self) -> str:
        return self.how_i_work

    def structured_data(self, request: HttpRequest) -> list[Node]:
        """Return the structured data. A sample profile claims no registration."""
        registrations = [] if self.is_sample else self.current_registrations
        person = therapist(
            self.get_canonical_url(request),
            name=self.title,
            professional_title=self.professional_title,
            description=self.description,
            practice=practice_id(f"{Site.find_for_request(request).root_url}/"),
            languages=self.languages,
            subjects=self.subjects,
            registrations=[
                CurrentRegistration(str(row), row.get_body_display(), row.register_url)
                for row in registrations
            ],
        )
        return extended(super().structured_data(request), {"mainEntity": person})

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict[str, Any]:
        prefetch_related_objects([self], *SHOWN_ROWS)
        context = super().get_context(request, *args, **kwargs)
        concerns = self.public_concerns
        context["concern_groups"] = [
            (level, rows)
            for level in ConcernLevel
            if (rows := [row for row in concerns if row.level == level])
        ]
        context["therapies"] = self.public_therapies
        return context
