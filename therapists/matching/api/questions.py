"""`matching/`: the whole form as JSON."""

from typing import Annotated, Any

from django.urls import URLPattern, path

from core.content_api.representation.serializer_types import SerializedBy
from home.models import PracticeSettings
from therapists.enquiries.access.team import reaches_somebody
from therapists.enquiries.reports.reply_time import reply_promise
from therapists.matching.api.base import MatchingEndpoint
from therapists.matching.api.serializers import MatchingSerializer
from therapists.matching.api.suggestions import SuggestionsAPIView
from therapists.matching.form.journey import STEPS
from therapists.matching.text.closed_form import closed_words


class MatchingAPIView(MatchingEndpoint):
    """The questions of the matching, with their words and choices, and the consent that an enquiry needs.

    The whole form, step by step, as the site itself shows it. Each answer has a new ticket.
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
                {"key": step, "heading": step.heading, "questions": list(journey.empty_form(step))}
                for step in STEPS
            ],
        }
        return MatchingSerializer(form).data

    @classmethod
    def get_urlpatterns(cls) -> list[URLPattern]:
        return [
            path("", cls.as_view(), name="detail"),
            path("suggestions/", SuggestionsAPIView.as_view(), name="suggestions"),
        ]
