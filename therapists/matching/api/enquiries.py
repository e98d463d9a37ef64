"""`enquiries/`: send the form. A refused enquiry leaves nothing behind."""

from dataclasses import replace
from typing import Annotated, Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables
from pydantic import BeforeValidator
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from core.content_api.errors import ConflictError, UnavailableError
from core.content_api.localized_views import LOCALE
from core.content_api.operations import Operation, OtherAnswer
from core.content_api.parameters import Parameter
from core.content_api.representation.serializer_types import SerializedBy
from core.content_api.views import PostEndpoint
from home.models import PracticeSettings
from therapists.enquiries.reports.reply_time import reply_promise
from therapists.enquiries.services.submit import NobodyToReceive, SentOtherwise
from therapists.matching.api.base import MatchingEndpoint
from therapists.matching.api.form_data import EXTRA_FIELDS, body_shape
from therapists.matching.api.serializers import OtherHelpSerializer, ReceivedSerializer
from therapists.matching.form.journey import STEPS, Journey
from therapists.matching.form.submission import SubmissionRefused, submit
from therapists.matching.models import MatchingPage
from therapists.matching.text.closed_form import not_sent_words


def in_usual_letters(text: str) -> str:
    """Refuse what Python and pydantic also read as a UUID: braces around it, or no hyphens."""
    if len(text) != len(str(UUID(int=0))):
        raise ValueError
    return text


KEY = Parameter[UUID](
    "Idempotency-Key",
    Annotated[UUID, BeforeValidator(in_usual_letters)],
    "A UUID of your own making, one for each enquiry. Send the same one when you try again.",
    location="header",
    is_required=True,
    examples=["7c9e6679-7425-40de-944b-e07fc1f90ae7"],
    message=_("Send a UUID of your own making, the same one when you try again."),
)


class EnquiriesAPIView(MatchingEndpoint, PostEndpoint):
    """Send an enquiry.

    Everything at once, as it was answered. It is checked and stored as through the site's own page. The same
    key and the same answers, at whatever moment, are one enquiry and have one answer.
    """

    operation_id = "sendEnquiry"
    parameters = (KEY, LOCALE)
    body_example = {
        "ticket": "<ticket>",
        "adult": "yes",
        "needs_help_today": "no",
        "main_concern": "other",
        "formats": ["video", "phone"],
        "client_group": "individual",
        "choice": "practice",
        "name": "Sam",
        "email": "sam@example.org",
        "safe_to_email": "yes",
        "consent": True,
        "consent_version": "<consent version>",
    }
    status = 201
    headers = ("Location",)
    other_answers = (
        OtherAnswer(
            200,
            Annotated[Any, SerializedBy(OtherHelpSerializer)],
            "Someone whom the form cannot help. Nothing is kept: show them where help is at once.",
        ),
    )
    problems = MatchingEndpoint.problems | PostEndpoint.problems | {"conflict"}
    throttle_scope = "sending"

    @classmethod
    def operation(cls, action: str) -> Operation:
        return replace(super().operation(action), body=body_shape("EnquiryAnswers", STEPS, EXTRA_FIELDS))

    @sensitive_variables()
    def post(self, request: Request, **kwargs: Any) -> Response:
        key, page = self.arguments[KEY], self.page()
        journey = self.journey(page)
        if journey.needs_other_help:
            return Response(OtherHelpSerializer({}).data)
        answer = self.answer(journey, page, key)
        return Response(answer, status=self.status, headers={"Location": answer["status"]["url"]})

    def answer(
        self, journey: Journey, page: MatchingPage, key: UUID
    ) -> Annotated[Any, SerializedBy(ReceivedSerializer)]:
        try:
            enquiry = submit(journey, page.consent, key)
        except SubmissionRefused as problem:
            raise ValidationError(problem.errors) from None
        except NobodyToReceive:
            raise UnavailableError(not_sent_words(PracticeSettings.for_site(page.get_site()))) from None
        except SentOtherwise:
            raise ConflictError(
                _("This key has sent other answers before. Make a new one for each.")
            ) from None
        context = {"request": self.request, "reply_promise": reply_promise(page.get_site())}
        return ReceivedSerializer(enquiry, context=context).data
