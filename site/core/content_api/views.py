"""The base of every endpoint: no session, only known and valid parameters, and headers for caches."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponsePermanentRedirect
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
from core.caching.until_midnight import until_midnight
from core.content_api.errors import TooLargeError, UnknownParameterError, problem_response
from core.content_api.operations import Operation, OtherAnswer
from core.content_api.parameters import Arguments, Parameter
from core.content_api.representation.answer_types import first_paragraph, other_paragraphs, return_type
from core.content_api.representation.deferred import resolve
from core.request_bodies import is_too_large
from core.throttling import RequestThrottle, address_throttle

READABLE_INDENT = 2


class APIEndpoint(APIView):
    """Sessions are ignored: an editor who is logged in gets the same answers as everyone."""

    authentication_classes: Sequence[Any] = ()
    http_method_names = ["get", "head", "options"]
    #: Whether caches may keep the answers. False where answers reveal something about a visitor.
    may_be_cached = True
    #: Surrogate keys of every answer, in addition to those of the records in it.
    surrogate_keys: Sequence[str] = ()
    #: The rate in the settings that limits how often one address may ask.
    throttle_scope = "reading"

    #: The checked values of the parameters. They are there from `initial` on.
    arguments: Arguments

    @classmethod
    def operation(cls, action: str) -> Operation:
        """Return the description of a method, or of a viewset's action."""
        raise NotImplementedError

    @classmethod
    def parameters_of(cls, action: str) -> tuple[Parameter, ...]:
        """Return the parameters of a method, or of a viewset's action."""
        return ()

    def get_throttles(self) -> list[BaseThrottle]:
        return [RequestThrottle(address_throttle(self.request, self.throttle_scope))]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        method = str(request.method).lower()
        parameters = self.parameters_of(getattr(self, "action", "") or method)
        known = {parameter.name for parameter in parameters if parameter.location == "query"}
        if unknown := sorted(request.GET.keys() - known):
            raise UnknownParameterError({name: [_("This parameter is not known here.")] for name in unknown})
        if is_too_large(request):
            raise TooLargeError
        if method != "options" and hasattr(self, method):
            self.read_arguments(request, parameters)

    def read_arguments(self, request: Request, parameters: Sequence[Parameter]) -> None:
        """Check the parameters of a request that is about to be answered."""
        self.arguments = Arguments.read(request, parameters)

    def get_renderer_context(self) -> dict[str, Any]:
        """Write JSON without spaces. A browser that asks for a page is a reader: for them it is indented."""
        is_browser = "text/html" in self.request.headers.get("Accept", "")
        return super().get_renderer_context() | {"indent": READABLE_INDENT if is_browser else None}

    def handle_exception(self, exc: Exception) -> Response:
        if isinstance(exc, NotAuthenticated):
            exc.auth_header = self.get_authenticate_header(self.request)
        return problem_response(exc, self.request)

    def finalize_response(
        self, request: HttpRequest, response: Response, *args: Any, **kwargs: Any
    ) -> Response:
        response = super().finalize_response(request, response, *args, **kwargs)
        cacheable = self.may_be_cached and request.method in ("GET", "HEAD") and response.status_code == 200
        response["Cache-Control"] = until_midnight(settings.API_CACHE_CONTROL) if cacheable else "no-store"
        patch_vary_headers(response, ["Accept"])  # who asks for anything but JSON is refused
        if cacheable:
            shown = answer_keys(request)
            shown.add(*self.surrogate_keys)
            set_key_headers(response, shown)
        return response


class PlainEndpoint(APIEndpoint):
    """An endpoint without a list. Its docstring and the return annotation of `answer` describe it.

    `answer` takes the parts of the path as arguments. Other parameters are in `self.arguments`.
    """

    #: The name that clients know it by: `getSite`.
    operation_id: ClassVar[str]
    parameters: tuple[Parameter, ...] = ()
    #: The type of the request's body, if there is one, and an example of it.
    body: Any = None
    body_example: Any = None
    status = 200
    headers: tuple[str, ...] = ()
    other_answers: tuple[OtherAnswer, ...] = ()
    #: What it asks for, one of these: keys of `SECURITY_SCHEMES`.
    security: tuple[str, ...] = ()
    #: The problems of this endpoint: keys of `PROBLEM_TYPES`. Those of parameters need not be named.
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
            problems=cls.problems | _problems_of(cls.parameters),
            may_be_cached=cls.may_be_cached,
            security=cls.security,
        )

    @classmethod
    def parameters_of(cls, action: str) -> tuple[Parameter, ...]:
        return cls.parameters

    @classmethod
    def get_urlpatterns(cls) -> list[URLPattern]:
        return [path("", cls.as_view(), name="detail")]


def _problems_of(parameters: Sequence[Parameter]) -> frozenset[str]:
    may_be_wrong = any(parameter.location != "path" for parameter in parameters)
    return frozenset({"invalid-parameter"} if may_be_wrong else ())


class PostEndpoint(PlainEndpoint):
    """An endpoint that takes a POST, with a body of the type `body`."""

    http_method_names = ["post", "options"]
    may_be_cached = False
    problems = frozenset({"malformed-request", "invalid-answers", "too-large", "unsupported-media-type"})

    @sensitive_variables()
    def post(self, request: Request, **kwargs: Any) -> Response:
        return Response(resolve(self.answer(**kwargs), request), status=self.status)


class NotFoundEndpoint(PlainEndpoint):
    """Any address of the API that is not an endpoint."""

    http_method_names = APIView.http_method_names

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        raise Http404


class WithoutSlashEndpoint(NotFoundEndpoint):
    """An address without the slash that all of ours end in: it leads to the one with it.

    Django would do the same, but it would also answer a POST so, and clients follow that with a GET.
    """

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        if request.method not in ("GET", "HEAD"):
            super().initial(request, *args, **kwargs)

    def get(self, request: Request, **kwargs: Any) -> HttpResponseBase:
        return HttpResponsePermanentRedirect(request.get_full_path(force_append_slash=True))
