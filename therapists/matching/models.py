from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import RichTextField
from wagtail.models import Orderable

from core.models import BasePage
from core.visibility import is_withheld
from therapists.enquiries.answers import Consent
from therapists.matching.form.journey import Journey, Step
from therapists.matching.form.questions import LONGEST_HELP, LONGEST_LABEL, FormQuestion, Wording, wordings
from therapists.matching.form.steps import FormChoices
from therapists.matching.views import showing
from therapists.matching.views import steps as views
from therapists.matching.views.showing import FormPage
from therapists.models import TherapistPage

TEXT_FEATURES = ["bold", "italic", "ol", "ul", "link"]


class MatchingPage(RoutablePageMixin, BasePage):
    """The matching form: visitors say what brings them and what would suit them, and ask a therapist.

    Editors may change every text of it. Answers are never stored here: see `therapists.enquiries`.
    """

    page_description = _(
        "The form through which visitors ask for a first consultation, and are shown who may suit them."
    )
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    template = "pages/matching_page.html"
    has_front_end_preview = False
    kind_label = _("Find a therapist")
    kind_heading = _("Find a therapist")

    intro = RichTextField(
        _("introduction"),
        features=TEXT_FEATURES,
        blank=True,
        help_text=_("Above the first questions: what happens, who reads the answers, and when."),
    )
    help_today_text = RichTextField(
        _("to someone who needs help today"),
        features=TEXT_FEATURES,
        blank=True,
        help_text=_("Shown above the help lines. Nothing is kept of anyone who comes here."),
    )
    under_age_text = RichTextField(
        _("to someone under 18"),
        features=TEXT_FEATURES,
        blank=True,
        help_text=_("Say who can help: a GP, Childline, a school counsellor."),
    )
    no_match_text = RichTextField(
        _("to someone for whom no one fits"),
        features=TEXT_FEATURES,
        blank=True,
        help_text=_(
            "Say where else there is help: a GP, other services, directories. They can still ask you."
        ),
    )
    consent_text = models.TextField(
        _("what a visitor agrees to"),
        help_text=_("Name health data, who receives it, how long it is kept, and how to withdraw."),
    )
    consent_version = models.CharField(
        _("version of this wording"),
        max_length=40,
        default="1",
        help_text=_("Stored with each enquiry. Give a new one whenever the wording changes."),
    )
    thanks_heading = models.CharField(
        _("heading"), max_length=120, default=_("Thank you. We have your enquiry.")
    )
    thanks_text = RichTextField(_("what happens next"), features=TEXT_FEATURES, blank=True)

    content_panels = [
        *BasePage.content_panels,
        "intro",
        MultiFieldPanel(
            ["help_today_text", "under_age_text", "no_match_text"], heading=_("When this form cannot help")
        ),
        MultiFieldPanel(["thanks_heading", "thanks_text"], heading=_("Thank-you page")),
    ]
    question_panels = [
        InlinePanel("question_wordings", heading=_("Questions in your own words"), label=_("Question")),
        InlinePanel(
            "extra_questions",
            heading=_("Questions of your own"),
            label=_("Question"),
            max_num=5,
            help_text=_("Asked last and never required. Ask only what helps you to help."),
        ),
    ]
    consent_panels = [MultiFieldPanel([FieldPanel("consent_text"), "consent_version"], heading=_("Consent"))]
    tabs = [(_("Questions"), question_panels), (_("Consent"), consent_panels)]
    api_fields = [
        *BasePage.api_fields,
        APIField("intro"),
        APIField("help_today_text"),
        APIField("under_age_text"),
        APIField("no_match_text"),
        APIField("thanks_heading"),
        APIField("thanks_text"),
        APIField("consent_text"),
        APIField("consent_version"),
    ]

    class Meta:
        verbose_name = _("matching page")

    def clean(self) -> None:
        super().clean()
        before = MatchingPage.objects.filter(pk=self.pk).first()
        if (
            before
            and before.consent_text != self.consent_text
            and before.consent_version == self.consent_version
        ):
            raise ValidationError(
                {
                    "consent_version": _(
                        "The wording changed. Give it a new version, so that we know which was agreed to."
                    )
                }
            )

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Raise Http404 for a withheld page: routes bypass `BasePage.serve`, which does it for others."""
        if not getattr(request, "is_preview", False) and is_withheld(self):
            raise Http404
        return super().serve(request, *args, **kwargs)

    @path("", name="steps")
    def steps(self, request: HttpRequest) -> HttpResponse:
        return views.steps(request, self._form_page(request), Step.BEFORE)

    @path("with/<slug:therapist>/", name="with_therapist")
    def with_therapist(self, request: HttpRequest, therapist: str) -> HttpResponse:
        """The same form for a visitor who comes from the profile of a therapist."""
        return views.steps(request, self._form_page(request), Step.BEFORE, asked_about=therapist)

    @path("sent/", name="sent")
    def sent(self, request: HttpRequest) -> HttpResponse:
        return showing.sent(request, self._form_page(request))

    @path("other-help/", name="other_help")
    def other_help(self, request: HttpRequest) -> HttpResponse:
        return showing.other_help(request, self._form_page(request))

    @path("cleared/", name="cleared")
    def cleared(self, request: HttpRequest) -> HttpResponse:
        return showing.cleared(request, self._form_page(request))

    @path("<slug:step>/", name="step")
    def step(self, request: HttpRequest, step: str) -> HttpResponse:
        """A later step. The first one has the address of the page."""
        if step not in Step or step == Step.BEFORE:
            raise Http404
        return views.steps(request, self._form_page(request), Step(step))

    @property
    def consent(self) -> Consent:
        return Consent(version=self.consent_version, text=self.consent_text)

    def journey(self, data: QueryDict | None = None, therapist: TherapistPage | None = None) -> Journey:
        """Return the journey of a visitor who posted these answers today, or none yet."""
        return Journey(
            data=QueryDict() if data is None else data,
            choices=FormChoices.today(),
            wordings=self.wordings(),
            extra_questions=[row.wording() for row in self.extra_questions.all()],
            today=timezone.localdate(),
            therapist=therapist,
        )

    def _form_page(self, request: HttpRequest) -> FormPage:
        address = self.get_url(request) or "/"
        return FormPage(
            site=self.get_site(),
            is_preview=getattr(request, "is_preview", False),
            consent=self.consent,
            url=lambda name, *args: address + self.reverse_subpage(name, args=args),
            journey=self.journey,
            render=partial(self.render, request),
        )

    def wordings(self) -> dict[str, Wording]:
        return wordings({row.question: row.wording() for row in self.question_wordings.all()})


class QuestionWording(Orderable):
    """An editor's label and help text for one of the form's questions."""

    page = ParentalKey(MatchingPage, on_delete=models.CASCADE, related_name="question_wordings")
    question = models.CharField(_("question"), max_length=40, choices=FormQuestion)
    label = models.CharField(_("in your words"), max_length=LONGEST_LABEL)
    help_text = models.TextField(
        _("why you ask, and what helps to answer"), max_length=LONGEST_HELP, blank=True
    )

    panels = ["question", "label", "help_text"]

    class Meta(Orderable.Meta):
        verbose_name = _("wording of a question")
        constraints = [models.UniqueConstraint(fields=["page", "question"], name="one_wording_per_question")]

    def __str__(self) -> str:
        return self.label

    def wording(self) -> Wording:
        return Wording(self.label, self.help_text)


class ExtraQuestion(Orderable):
    """A question that the practice added. Its answers are encrypted together with the visitor's free text."""

    page = ParentalKey(MatchingPage, on_delete=models.CASCADE, related_name="extra_questions")
    label = models.CharField(_("question"), max_length=LONGEST_LABEL)
    help_text = models.TextField(_("why you ask"), max_length=LONGEST_HELP, blank=True)

    panels = ["label", "help_text"]

    class Meta(Orderable.Meta):
        verbose_name = _("question of your own")

    def __str__(self) -> str:
        return self.label

    def wording(self) -> Wording:
        return Wording(self.label, self.help_text)
