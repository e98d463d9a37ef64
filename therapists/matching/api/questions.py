"""`matching/`: the whole form as JSON."""

from typing import Annotated, Any

from django.forms.boundfield import BoundField
from django.urls import URLPattern, path

from core.content_api.representation.serializer_types import SerializedBy
from home.models import PracticeSettings
from therapists.enquiries.access.team import reaches_somebody
from therapists.enquiries.reports.reply_time import reply_promise
from therapists.matching.api.base import MatchingEndpoint
from therapists.matching.api.serializers import MatchingSerializer
from therapists.matching.api.suggestions import SuggestionsAPIView
from therapists.matching.form.journey import STEPS, Journey, Step
from therapists.matching.text.closed_form import closed_words


class MatchingAPIView(MatchingEndpoint):
    """The questions of the matching, with their words and choices, and the consent that an enquiry needs.

    The whole form, step by step. The answers to `refine` make the suggestions fit better, and may all be left
    out. Each answer has a new ticket.
    """

    operation_id = "getMatching"

    def answer(self) -> Annotated[Any, SerializedBy(MatchingSerializer)]:
        page = self.page()
        journey, promise = page.journey(), reply_promise(page.get_site())
        form = {
            "page": page,
            "ticket": journey.ticket.signed,
            "closed": "" if reaches_somebody() else closed_words(PracticeSettings.for_site(page.get_site())),
            "usual_reply_in_working_days": promise and promise.usual_working_days,
            "steps": [
                {"key": step, "heading": step.heading, "questions": _questions(journey, step)}
                for step in STEPS
                if step != Step.CHECK
            ],
        }
        return MatchingSerializer(form).data

    @classmethod
    def get_urlpatterns(cls) -> list[URLPattern]:
        return [
            path("", cls.as_view(), name="detail"),
            path("suggestions/", SuggestionsAPIView.as_view(), name="suggestions"),
        ]


def _questions(journey: Journey, step: Step) -> list[BoundField]:
    """Return the questions of a step. How a front end shows all answers once more is its own."""
    steps = [Step.CONTACT, Step.CHECK] if step == Step.CONTACT else [step]
    return [question for one in steps for question in journey.empty_form(one)]
