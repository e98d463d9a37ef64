"""`enquiries/status/`: a visitor's own enquiry, by its private token, which is never in an address."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables
from rest_framework import status
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle
from wagtail.models import Site

from core.bearer_tokens import SCHEME, bearer_token
from core.content_api.errors import NotPossibleError
from core.content_api.operations import Operation, OtherAnswer
from core.content_api.parameters import Parameter
from core.content_api.representation.serializer_types import SerializedBy
from core.content_api.request_serializers import RequestSerializer
from core.content_api.views import PlainEndpoint, PostEndpoint
from core.languages import language_or_default
from core.throttling import RequestThrottle
from home.api.site_parts import add_to_site
from therapists.enquiries.enums import State
from therapists.enquiries.models import ConsultationOutcome, Enquiry, Side
from therapists.enquiries.public.private_page import link_throttle
from therapists.enquiries.public.progress import enquiry_by_token, progress_of
from therapists.enquiries.public.serializers import (
    ChosenTimeSerializer,
    ReplyPromiseSerializer,
    SayOutcomeSerializer,
    WhereItStandsSerializer,
)
from therapists.enquiries.public.status import KEPT_BY_LAW
from therapists.enquiries.reports.reply_time import reply_promise
from therapists.enquiries.services.consultations import cannot_make_it, choose, say_running_late
from therapists.enquiries.services.lifecycle import NotAllowed, withdraw
from therapists.enquiries.services.outcomes import report_outcome
from therapists.enquiries.services.retention import OnLegalHold
from therapists.enquiries.services.safety import erase_or_wait
from therapists.enquiries.services.undoing_withdrawal import undo_withdrawal

CONFIRM = Parameter[str](
    "confirm",
    Literal["true"],
    "Once the visitor is sure.",
    is_required=True,
    examples=["true"],
    message=_("Send confirm=true once the visitor is sure. Nothing has been erased."),
)

add_to_site("reply_promise", reply_promise, ReplyPromiseSerializer)


class UnknownToken(NotAuthenticated):
    """None was sent, it is not ours, or its enquiry is gone: nobody is told which."""

    default_detail = _("Send the private token of an enquiry as “Authorization: Bearer …”.")


class PrivateToken(BaseAuthentication):
    def authenticate(self, request: Request) -> tuple[None, Enquiry]:
        enquiry = enquiry_by_token(bearer_token(request))
        if enquiry is None:
            raise UnknownToken
        return None, enquiry

    def authenticate_header(self, request: Request) -> str:
        return SCHEME


class PrivateEndpoint(PlainEndpoint):
    authentication_classes = [PrivateToken]
    security = ("privateToken",)
    may_be_cached = False
    problems = frozenset({"not-authenticated"})
    throttle_scope = "private"

    def get_throttles(self) -> list[BaseThrottle]:
        token = bearer_token(self.request)
        return [*super().get_throttles(), RequestThrottle(link_throttle(token) if token else None)]

    def perform_authentication(self, request: Request) -> None:
        """Not yet: REST framework would look tokens up before it asks whether that is done too often."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Response:
        with translation.override(translation.get_language()):
            return super().dispatch(request, *args, **kwargs)

    @sensitive_variables()
    def read_arguments(self, request: Request, parameters: Sequence[Parameter]) -> None:
        """From here on, refusals included, all is in the language in which the visitor wrote."""
        super().perform_authentication(request)
        translation.activate(language_or_default(request.auth.language))
        super().read_arguments(request, parameters)

    def handle_exception(self, exc: Exception) -> Response:
        match exc:
            case Enquiry.DoesNotExist():
                # Erased since the token was looked up: as if it had never been there.
                exc = UnknownToken()
            case ValidationError():
                # The services refuse because of the state of the enquiry, not because of what was sent.
                exc = NotPossibleError(" ".join(exc.messages))
        return super().handle_exception(exc)

    def answer(self) -> Annotated[Any, SerializedBy(WhereItStandsSerializer)]:
        """As it is after whatever was done."""
        enquiry = Enquiry.objects.select_related("therapist").get(pk=self.request.auth.pk)
        progress = progress_of(enquiry, Site.find_for_request(self.request))
        return WhereItStandsSerializer(progress, context={"time_zone": progress.time_zone}).data


ERASE = Operation(
    operation_id="eraseEnquiry",
    summary="Erase an enquiry.",
    description=(
        "Everything, at once and for good. What may be about someone's safety is read by a person first: it "
        "is erased by itself after that, or at the latest at `erasure_due_at`. Tell the visitor so."
    ),
    answer=None,
    other_answers=(
        OtherAnswer(
            202,
            Annotated[Any, SerializedBy(WhereItStandsSerializer)],
            "A person reads it first. Nothing is erased yet.",
        ),
    ),
    parameters=(CONFIRM,),
    status=204,
    problems=PrivateEndpoint.problems | {"invalid-parameter", "not-possible-now"},
    may_be_cached=False,
    security=PrivateEndpoint.security,
)


class StatusAPIView(PrivateEndpoint):
    """Where an enquiry stands, for whoever sent it."""

    http_method_names = ["get", "head", "delete", "options"]
    operation_id = "getEnquiryStatus"

    @classmethod
    def operation(cls, action: str) -> Operation:
        return ERASE if action == "delete" else super().operation(action)

    @classmethod
    def parameters_of(cls, action: str) -> tuple[Parameter, ...]:
        return ERASE.parameters if action == "delete" else ()

    def delete(self, request: Request) -> Response:
        try:
            waits_until = erase_or_wait(request.auth.pk)
        except OnLegalHold:
            raise NotPossibleError(KEPT_BY_LAW) from None
        if waits_until:
            return Response(self.answer(), status=status.HTTP_202_ACCEPTED)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @classmethod
    def get_urlpatterns(cls) -> list[URLPattern]:
        return [
            path("", cls.as_view(), name="detail"),
            path("time/", TimeAPIView.as_view(), name="time"),
            path("cannot-make-it/", CannotMakeItAPIView.as_view(), name="cannot_make_it"),
            path("running-late/", RunningLateAPIView.as_view(), name="running_late"),
            path("outcome/", OutcomeAPIView.as_view(), name="outcome"),
            path("withdraw/", WithdrawAPIView.as_view(), name="withdraw"),
            path("undo-withdrawal/", UndoWithdrawalAPIView.as_view(), name="undo_withdrawal"),
        ]


class TimeAPIView(PrivateEndpoint, PostEndpoint):
    """Choose one of the proposed times for the first consultation."""

    operation_id = "chooseTime"
    body = Annotated[Any, SerializedBy(ChosenTimeSerializer)]
    body_example = {"time": "5a0c8f0e-6d0e-4a53-9a6e-0d8e8f1f2a10"}
    problems = PrivateEndpoint.problems | PostEndpoint.problems | {"not-possible-now"}

    def post(self, request: Request, **kwargs: Any) -> Response:
        chosen = ChosenTimeSerializer(data=request.data)
        chosen.is_valid(raise_exception=True)
        choose(request.auth.pk, chosen.validated_data["time"])
        return super().post(request, **kwargs)


class CannotMakeItAPIView(PrivateEndpoint, PostEndpoint):
    """Call off the time that was set: the therapist is asked for others.

    Nothing is to be sent.
    """

    operation_id = "callOffTime"
    problems = PrivateEndpoint.problems | PostEndpoint.problems | {"not-possible-now"}

    def post(self, request: Request, **kwargs: Any) -> Response:
        RequestSerializer(data=request.data).is_valid(raise_exception=True)
        cannot_make_it(request.auth.pk)
        return super().post(request, **kwargs)


class RunningLateAPIView(PrivateEndpoint, PostEndpoint):
    """Tell the therapist that the visitor runs late, from two hours before the time until its end.

    Asked again, it answers again. Nothing is to be sent.
    """

    operation_id = "sayRunningLate"
    problems = PrivateEndpoint.problems | PostEndpoint.problems | {"not-possible-now"}

    def post(self, request: Request, **kwargs: Any) -> Response:
        RequestSerializer(data=request.data).is_valid(raise_exception=True)
        say_running_late(request.auth.pk)
        return super().post(request, **kwargs)


class OutcomeAPIView(PrivateEndpoint, PostEndpoint):
    """Say what became of the first consultation."""

    operation_id = "sayOutcome"
    body = Annotated[Any, SerializedBy(SayOutcomeSerializer)]
    body_example = {"outcome": "met", "words": "It was good to talk."}
    problems = PrivateEndpoint.problems | PostEndpoint.problems | {"not-possible-now"}

    @sensitive_variables()
    def post(self, request: Request, **kwargs: Any) -> Response:
        said = SayOutcomeSerializer(data=request.data)
        said.is_valid(raise_exception=True)
        outcome = ConsultationOutcome(said.validated_data["outcome"])
        report_outcome(request.auth.pk, Side.VISITOR, outcome, said.validated_data["words"])
        return super().post(request, **kwargs)


class WithdrawAPIView(PrivateEndpoint, PostEndpoint):
    """Withdraw an enquiry: the consent to it is taken back.

    It can be undone for a day. Asked again, it answers again. Nothing is to be sent.
    """

    operation_id = "withdrawEnquiry"
    problems = PrivateEndpoint.problems | PostEndpoint.problems | {"not-possible-now"}

    def post(self, request: Request, **kwargs: Any) -> Response:
        RequestSerializer(data=request.data).is_valid(raise_exception=True)
        try:
            withdraw(request.auth.pk)
        except NotAllowed as refused:
            if refused.before != State.WITHDRAWN:
                raise NotPossibleError(_("This can no longer be withdrawn. You can erase it.")) from None
        return super().post(request, **kwargs)


class UndoWithdrawalAPIView(PrivateEndpoint, PostEndpoint):
    """Undo that an enquiry was withdrawn, until `may_undo_until`: a person reads it once more.

    What was asked of a therapist, and a time that was set, do not come back by themselves. Nothing is to be
    sent.
    """

    operation_id = "undoWithdrawal"
    problems = PrivateEndpoint.problems | PostEndpoint.problems | {"not-possible-now"}

    def post(self, request: Request, **kwargs: Any) -> Response:
        RequestSerializer(data=request.data).is_valid(raise_exception=True)
        try:
            undo_withdrawal(request.auth.pk)
        except NotAllowed:
            raise NotPossibleError(_("There is no withdrawal that can still be undone.")) from None
        return super().post(request, **kwargs)
