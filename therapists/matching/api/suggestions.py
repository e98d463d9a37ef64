"""`matching/suggestions/`: whom the form would suggest. Nothing is stored."""

from dataclasses import replace
from typing import Annotated, Any

from pydantic import Field
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from core.caching.content_memory import answering
from core.content_api.operations import Operation
from core.content_api.representation.serializer_types import SerializedBy
from core.content_api.views import PostEndpoint
from therapists.matching.api.base import MatchingEndpoint
from therapists.matching.api.form_data import body_shape
from therapists.matching.api.serializers import NoSuggestionsSerializer, TherapistSuggestionsSerializer
from therapists.matching.form.journey import STEPS_BEFORE_SUGGESTIONS, Step

type MatchAnswer = Annotated[
    Annotated[Any, SerializedBy(TherapistSuggestionsSerializer)]
    | Annotated[Any, SerializedBy(NoSuggestionsSerializer)],
    Field(discriminator="outcome"),
]


class SuggestionsAPIView(MatchingEndpoint, PostEndpoint):
    """Whom the matching would suggest.

    Send the answers of the steps before `suggestions` by the names of the questions. They are checked as on
    the site's own page, and nothing is stored.
    """

    operation_id = "suggestTherapists"
    body_example = {
        "adult": "yes",
        "needs_help_today": "no",
        "main_concern": "other",
        "formats": ["video", "phone"],
        "client_group": "individual",
    }
    problems = MatchingEndpoint.problems | PostEndpoint.problems
    throttle_scope = "previewing"

    @classmethod
    def operation(cls, action: str) -> Operation:
        body = body_shape(
            "MatchingAnswers", [*STEPS_BEFORE_SUGGESTIONS, Step.SUGGESTIONS], ["ticket", "asked_about"]
        )
        return replace(super().operation(action), body=body)

    def post(self, request: Request, **kwargs: Any) -> Response:
        with answering():  # it is posted, so that no answer stands in an address, and stores nothing
            return super().post(request, **kwargs)

    def answer(self) -> MatchAnswer:
        journey = self.journey(self.page())
        if journey.needs_other_help:
            return NoSuggestionsSerializer({}).data
        if errors := journey.errors(*STEPS_BEFORE_SUGGESTIONS):
            raise ValidationError(errors)
        asked_about = journey.therapist.pk if journey.therapist else None
        return TherapistSuggestionsSerializer(journey, context={"asked_about": asked_about}).data
