"""`matching/`: the questions of the matching as JSON, and whom it would suggest. Nothing is stored."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, QueryDict
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from home.api.endpoints import PlainEndpoint
from home.api.links import PageLink, page_reference
from home.api.pages import pages_here
from home.api.pending import resolve
from therapists.enquiries.reply_time import promised_working_days
from therapists.matching.forms import Offered, SafetyForm
from therapists.matching.journey import Journey, Step
from therapists.matching.models import MatchingPage

#: What the suggestions are made from. How to reach someone is never asked for before they are seen.
QUESTIONS = (Step.BEFORE, Step.CONCERNS, Step.PREFERENCES, Step.TIMES)
#: All answers together are far smaller.
LARGEST_BODY = 64 * 1024
KINDS: list[tuple[type[forms.Field], str]] = [
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

    def finalize_response(
        self, request: HttpRequest, response: Response, *args: Any, **kwargs: Any
    ) -> Response:
        response = super().finalize_response(request, response, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        return response


class SuggestionsAPIView(MatchingEndpoint):
    http_method_names = ["post", "options"]

    def post(self, request: Request) -> Response:
        if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_BODY:
            raise ParseError(_("This is longer than any answers are."))
        _page, journey = self.journey(request.data)
        safety = journey.part(SafetyForm)
        if safety.is_valid() and safety.is_way_out():
            return Response({"outcome": "needs_other_help", "suggestions": []})
        errors = {name: words for step in QUESTIONS for name, words in journey.answered(step).errors.items()}
        if errors:
            raise ValidationError(errors)
        answer = {
            "outcome": "suggestions",
            "suggestions": [
                {
                    "therapist": PageLink(one.therapist_id),
                    "reasons": list(map(str, one.reasons)),
                    "cautions": list(map(str, one.cautions)),
                }
                for one in journey.match.suggestions
            ],
        }
        return Response(resolve(answer, request))


class MatchingAPIView(MatchingEndpoint):
    def get(self, request: Request) -> Response:
        page, journey = self.journey({})
        return Response(
            {
                "page": page_reference(page, request),
                "usual_reply_in_working_days": promised_working_days(page.get_site()),
                "consent": {"version": page.consent_version, "text": page.consent_text},
                "steps": [
                    {
                        "key": step.value,
                        "heading": str(step.heading),
                        "questions": [
                            self._question(name, field)
                            for name, field in journey.to_fill(step).fields.items()
                        ],
                    }
                    for step in QUESTIONS
                ],
            }
        )

    def _question(self, name: str, field: forms.Field) -> dict[str, Any]:
        choices = getattr(field, "choices", None)
        return {
            "name": name,
            "label": str(field.label or ""),
            "help_text": str(field.help_text),
            "required": field.required,
            "kind": next((kind for known, kind in KINDS if isinstance(field, known)), "text"),
            "choices": choices and [{"key": key, "label": str(label)} for key, label in choices],
        }

    @classmethod
    def get_urlpatterns(cls) -> list[URLPattern]:
        return [
            path("", cls.as_view(), name="detail"),
            path("suggestions/", SuggestionsAPIView.as_view(), name="suggestions"),
        ]
