"""What every endpoint does: knows no session, takes only what it can read, says what may be cached."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

from core.caching.headers import set_key_headers
from core.caching.surrogate_keys import answer_keys
from core.content_api.errors import TooLargeError, UnknownParameterError, problem_response
from core.content_api.operations import Operation, OtherAnswer, Parameter
from core.content_api.representation.answer_types import first_paragraph, other_paragraphs, return_type
from core.content_api.representation.deferred import resolve
from core.request_bodies import is_too_large
from core.throttling import RequestThrottle, address_throttle


def check_parameters(given: Mapping[str, Any], known: frozenset[str]) -> None:
    if unknown := sorted(set(given) - known):
        raise UnknownParameterError({name: [_("This parameter is not known here.")] for name in unknown})


class APIEndpoint(APIView):
    """An editor who is logged in is given what everyone is given: sessions are never looked at."""

    authentication_classes: Sequence[Any] = ()
    http_method_names = ["get", "head", "options"]
    #: Whether caches may keep the answers. Not where they say how someone is.
    may_be_cached = True
    #: What each answer is made of beside the records that it shows.
    surrogate_keys: Sequence[str] = ()
    #: Which of the rates in the settings holds back who asks too often.
    throttle_scope = "reading"

    @classmethod
    def operation(cls, action: str) -> Operation:
        """What the description of the API says of a method, or of an action where there are several."""
        raise NotImplementedError

    @classmethod
    def query_parameters(cls, action: str) -> tuple[Parameter, ...]:
        return ()

    def get_throttles(self) -> list[BaseThrottle]:
        return [RequestThrottle(address_throttle(self.request, self.throttle_scope))]

    def known_parameters(self) -> frozenset[str]:
        action = getattr(self, "action", "") or str(self.request.method).lower()
        return frozenset(parameter.name for parameter in self.query_parameters(action))

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        check_parameters(request.GET, self.known_parameters())
        if is_too_large(request):
            raise TooLargeError

    def handle_exception(self, exc: Exception) -> Response:
        if isinstance(exc, NotAuthenticated):
            exc.auth_header = self.get_authenticate_header(self.request)
        return problem_response(exc, self.request)

    def finalize_response(
        self, request: HttpRequest, response: Response, *args: Any, **kwargs: Any
    ) -> Response:
        response = super().finalize_response(request, response, *args, **kwargs)
        cacheable = self.may_be_cached and request.method in ("GET", "HEAD") and response.status_code == 200
        response["Cache-Control"] = settings.API_CACHE_CONTROL if cacheable else "no-store"
        patch_vary_headers(response, ["Accept"])  # who asks for anything but JSON is refused
        if cacheable:
            shown = answer_keys(request)
            shown.add(*self.surrogate_keys)
            set_key_headers(response, shown)
        return response


class PlainEndpoint(APIEndpoint):
    """One address, one answer. A subclass says in its docstring what it gives, and has an `answer`.

    What `answer` takes is what stands in the address; what it says it returns is how the answer is described.
    """

    #: What a client calls it: `getSite`.
    operation_id: ClassVar[str]
    parameters: tuple[Parameter, ...] = ()
    #: The type of what is sent, if anything is, and an example of it.
    body: Any = None
    body_example: Any = None
    status = 200
    headers: tuple[str, ...] = ()
    other_answers: tuple[OtherAnswer, ...] = ()
    #: What opens it: a key of `SECURITY_SCHEMES`.
    security = ""
    #: What may go wrong here beside what may anywhere, by the keys of `PROBLEM_TYPES`.
    problems: frozenset[str] = frozenset()

    def answer(self, *args: Any, **kwargs: Any) -> Any:
        raise NotImplementedError

    def get(self, request: Request, **kwargs: Any) -> HttpResponseBase:
        return Response(resolve(self.answer(**kwargs), request))

    @classmethod
    def operation(cls, action: str) -> Operation:
        return Operation(
            operation_id=cls.operation_id,
            summary=first_paragraph(cls),
            description=other_paragraphs(cls),
            answer=return_type(cls.answer),
            parameters=cls.parameters,
            body=cls.body,
            body_example=cls.body_example,
            status=cls.status,
            headers=cls.headers,
            other_answers=cls.other_answers,
            problems=cls.problems,
            may_be_cached=cls.may_be_cached,
            security=cls.security,
        )

    @classmethod
    def query_parameters(cls, action: str) -> tuple[Parameter, ...]:
        return tuple(parameter for parameter in cls.parameters if parameter.location == "query")

    @classmethod
    def get_urlpatterns(cls) -> list[URLPattern]:
        return [path("", cls.as_view(), name="detail")]


class PostEndpoint(PlainEndpoint):
    """An address that something is sent to, of the type that `body` names."""

    http_method_names = ["post", "options"]
    may_be_cached = False
    problems = frozenset({"malformed-request", "invalid-answers", "too-large", "unsupported-media-type"})

    @sensitive_variables()
    def post(self, request: Request, **kwargs: Any) -> Response:
        return Response(resolve(self.answer(**kwargs), request), status=self.status)


class NotFoundEndpoint(PlainEndpoint):
    """Any other address below the API's."""

    http_method_names = APIView.http_method_names

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        raise Http404
