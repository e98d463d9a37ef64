"""`matching/`: the questions of the matching as JSON, and whom it would suggest. Nothing is stored."""

from dataclasses import replace
from typing import Any, Literal, TypedDict

from django import forms
from django.http import Http404, QueryDict
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError, ValidationError

from home.api.endpoints import PlainEndpoint, PostEndpoint
from home.api.field_shapes import form_shape
from home.api.links import PageLink, PageReference, page_reference
from home.api.operations import Operation
from home.api.pages import pages_here
from home.api.shapes import explained
from therapists.enquiries.reply_time import reply_promise
from therapists.matching.forms import Offered, SafetyForm
from therapists.matching.journey import FORMS, Journey, Step
from therapists.matching.models import MatchingPage
from therapists.matching.questions import wordings

#: What the suggestions are made from. How to reach someone is never asked for before they are seen.
QUESTIONS = (Step.BEFORE, Step.CONCERNS, Step.PREFERENCES, Step.TIMES)
#: All answers together are far smaller.
LARGEST_BODY = 64 * 1024
type QuestionKind = Literal["choices", "choice", "yes_or_no", "decimal", "text"]
KINDS: list[tuple[type[forms.Field], QuestionKind]] = [
    (forms.MultipleChoiceField, "choices"),
    (forms.ChoiceField, "choice"),
    (forms.BooleanField, "yes_or_no"),
    (forms.DecimalField, "decimal"),
]


def _posted(answers: Any) -> QueryDict:
    """The answers as the page's own form would send them, so that both doors are checked alike."""
    if not isinstance(answers, dict):
        raise ParseError(_("Send an object of answers by the names of the questions."))
    posted = QueryDict(mutable=True)
    for name, value in answers.items():
        values = value if isinstance(value, list) else [value]
        if any(isinstance(one, dict | list) for one in values):
            raise ParseError(_("An answer is a text, a number, yes or no, or a list of those."))
        given = [one for one in values if one is not None and one is not False]
        posted.setlist(name, ["on" if one is True else str(one) for one in given])
    return posted


class MatchingEndpoint(PlainEndpoint):
    """What visitors answer says how they are: no cache keeps it."""

    may_be_cached = False
    problems = frozenset({"not-found"})

    def journey(self, answers: Any) -> tuple[MatchingPage, Journey]:
        page = pages_here(MatchingPage.objects.all(), self.request).first()
        if page is None:
            raise Http404
        return page, Journey(
            data=_posted(answers),
            offered=Offered.today(),
            wordings=page.wordings(),
            own_questions=page.own_questions(),
            today=timezone.localdate(),
        )


@explained
class SuggestionAnswer(TypedDict):
    """A therapist who may suit someone, and why."""

    therapist: PageLink
    reasons: list[str]
    """Sentences for the visitor."""
    cautions: list[str]
    """What does not fit, in sentences for the visitor."""


@explained
class MatchAnswer(TypedDict):
    outcome: Literal["suggestions", "needs_other_help"]
    """`needs_other_help`: someone is under 18, or needs help today. Show them `crisis_help` of `site/`."""
    suggestions: list[SuggestionAnswer]


class SuggestionsAPIView(MatchingEndpoint, PostEndpoint):
    """Whom the matching would suggest.

    Send the answers by the names of the questions. They are checked as on the site's own page, and nothing is
    stored.
    """

    operation_key = "suggestTherapists"
    throttle_scope = "previewing"
    body_example = {
        "adult": "yes",
        "needs_help_today": "no",
        "main_concern": "other",
        "formats": ["video", "phone"],
        "client_group": "individual",
    }
    problems = MatchingEndpoint.problems | {"malformed-request", "invalid-answers", "unsupported-media-type"}

    @classmethod
    def operation(cls, action: str) -> Operation:
        fields = {name: field for step in QUESTIONS for name, field in FORMS[step].base_fields.items()}
        words = {name: wording.label for name, wording in wordings({}).items()}
        body = form_shape("MatchingAnswers", fields, words)
        return replace(super().operation(action), body=body)

    def answer(self) -> MatchAnswer:
        if int(self.request.META.get("CONTENT_LENGTH") or 0) > LARGEST_BODY:
            raise ParseError(_("This is longer than any answers are."))
        _page, journey = self.journey(self.request.data)
        safety = journey.part(SafetyForm)
        if safety.is_valid() and safety.is_way_out():
            return {"outcome": "needs_other_help", "suggestions": []}
        errors = {name: words for step in QUESTIONS for name, words in journey.answered(step).errors.items()}
        if errors:
            raise ValidationError(errors)
        suggestions: list[SuggestionAnswer] = [
            {
                "therapist": PageLink(one.therapist_id),
                "reasons": list(map(str, one.reasons)),
                "cautions": list(map(str, one.cautions)),
            }
            for one in journey.match.suggestions
        ]
        return {"outcome": "suggestions", "suggestions": suggestions}


@explained
class OfferedAnswer(TypedDict):
    key: str
    """What to send."""
    label: str


@explained
class MatchingQuestionAnswer(TypedDict):
    name: str
    """What its answer is called, when it is sent."""
    label: str
    help_text: str
    required: bool
    kind: QuestionKind
    choices: list[OfferedAnswer] | None


class MatchingStepAnswer(TypedDict):
    """Questions that are asked together."""

    key: str
    heading: str
    questions: list[MatchingQuestionAnswer]


@explained
class ConsentAnswer(TypedDict):
    """What a visitor agrees to when they send an enquiry."""

    version: str
    """Send it with the enquiry: it says which words were agreed to."""
    text: str


@explained
class MatchingAnswer(TypedDict):
    """The questions of the matching, step by step."""

    page: PageReference | None
    usual_reply_in_working_days: int | None
    """Counted from the last 30 days. None where there is nothing true to say."""
    consent: ConsentAnswer
    steps: list[MatchingStepAnswer]


class MatchingAPIView(MatchingEndpoint):
    """The questions of the matching, with their words and choices, and the consent that an enquiry needs."""

    operation_key = "getMatching"

    def answer(self) -> MatchingAnswer:
        page, journey = self.journey({})
        promise = reply_promise(page.get_site())
        return {
            "page": page_reference(page, self.request),
            "usual_reply_in_working_days": promise.usual_working_days if promise else None,
            "consent": {"version": page.consent_version, "text": page.consent_text},
            "steps": [
                {
                    "key": step.value,
                    "heading": str(step.heading),
                    "questions": [
                        self._question(name, field) for name, field in journey.to_fill(step).fields.items()
                    ],
                }
                for step in QUESTIONS
            ],
        }

    def _question(self, name: str, field: forms.Field) -> MatchingQuestionAnswer:
        choices = getattr(field, "choices", None)
        return {
            "name": name,
            "label": str(field.label or ""),
            "help_text": str(field.help_text),
            "required": field.required,
            "kind": next((kind for known, kind in KINDS if isinstance(field, known)), "text"),
            "choices": None
            if choices is None
            else [{"key": str(key), "label": str(label)} for key, label in choices],
        }

    @classmethod
    def get_urlpatterns(cls) -> list[URLPattern]:
        return [
            path("", cls.as_view(), name="detail"),
            path("suggestions/", SuggestionsAPIView.as_view(), name="suggestions"),
        ]
