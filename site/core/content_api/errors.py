"""Every error of the API as `application/problem+json` (RFC 9457), with a type that does not change."""

import math
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.core import signals
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.log import log_response
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions, status
from rest_framework.request import Request
from rest_framework.response import Response
from wagtail.api.v2.utils import BadRequestError

from core.content_api.representation.absolute_urls import absolute
from core.middleware.database_unavailable import DATABASE_IS_AWAY, RETRY_AFTER_SECONDS, log_unavailable


class ProblemType(NamedTuple):
    status: int
    title: str | Promise
    #: Whether it has `errors`: a list of messages for each name.
    has_errors: bool = False


#: By the last part of `type`. Part of the contract: a type and its meaning do not change.
PROBLEM_TYPES = {
    "invalid-parameter": ProblemType(400, _("A parameter has a value that it cannot have"), has_errors=True),
    "unknown-parameter": ProblemType(400, _("A parameter is not known here"), has_errors=True),
    "invalid-answers": ProblemType(400, _("Some answers need another look"), has_errors=True),
    "malformed-request": ProblemType(400, _("The request cannot be read")),
    "not-authenticated": ProblemType(401, _("This needs a token, and one that is valid")),
    "not-allowed": ProblemType(403, _("This is not allowed")),
    "wrong-preview-token": ProblemType(403, _("This is not the token of a preview of such a page")),
    "not-found": ProblemType(404, _("There is nothing public at this address")),
    "method-not-allowed": ProblemType(405, _("This address does not take that method")),
    "not-acceptable": ProblemType(406, _("The answer exists as JSON only")),
    "conflict": ProblemType(409, _("This key was used for another request")),
    "not-possible-now": ProblemType(409, _("This cannot be done as things stand")),
    "outdated-preview": ProblemType(410, _("This preview is over: open it again from the editor")),
    "too-large": ProblemType(413, _("More was sent than can be read here")),
    "unsupported-media-type": ProblemType(415, _("Send the request's body as JSON")),
    "too-many-requests": ProblemType(429, _("Too many requests: wait a while")),
    "server-error": ProblemType(500, _("Something went wrong on our side")),
    "service-unavailable": ProblemType(503, _("We cannot answer for a moment: try again soon")),
}
#: From REST framework's code of an error to its problem type.
KNOWN_CODES = {
    "parse_error": "malformed-request",
    "invalid": "invalid-answers",
    "not_authenticated": "not-authenticated",
    "not_found": "not-found",
    "method_not_allowed": "method-not-allowed",
    "not_acceptable": "not-acceptable",
    "unsupported_media_type": "unsupported-media-type",
    "throttled": "too-many-requests",
    "permission_denied": "not-allowed",
}


class InvalidParameterError(exceptions.APIException):
    """A 400 with messages for each parameter at fault."""

    status_code = status.HTTP_400_BAD_REQUEST
    default_code = "invalid-parameter"

    def __init__(self, errors: Mapping[str, Sequence[Any]]) -> None:
        self.errors = {name: [str(message) for message in messages] for name, messages in errors.items()}
        super().__init__(" ".join(f"{name}: {' '.join(words)}" for name, words in self.errors.items()))


class UnknownParameterError(InvalidParameterError):
    default_code = "unknown-parameter"


class TooLargeError(exceptions.APIException):
    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_code = "too-large"
    default_detail = _("This is longer than anything that can be sent here.")


class ConflictError(exceptions.APIException):
    status_code = status.HTTP_409_CONFLICT
    default_code = "conflict"


class NotPossibleError(exceptions.APIException):
    """The request is valid, but the state of the record does not allow it (any more)."""

    status_code = status.HTTP_409_CONFLICT
    default_code = "not-possible-now"


class WrongPreviewTokenError(exceptions.APIException):
    status_code = status.HTTP_403_FORBIDDEN
    default_code = "wrong-preview-token"
    default_detail = PROBLEM_TYPES[default_code].title


class OutdatedPreviewError(exceptions.APIException):
    status_code = status.HTTP_410_GONE
    default_code = "outdated-preview"
    default_detail = PROBLEM_TYPES[default_code].title


class UnavailableError(exceptions.APIException):
    """The database does not answer."""

    status_code = status.HTTP_503_SERVICE_UNAVAILABLE
    default_code = "service-unavailable"
    default_detail = _("Please try again in a few minutes.")
    wait = RETRY_AFTER_SECONDS


def problem_response(error: Exception, request: Request) -> Response:
    """Return the answer to any exception. An unexpected one is logged, and its message is not shown."""
    match error:
        case Http404():
            error = exceptions.NotFound()
        case PermissionDenied():
            error = exceptions.PermissionDenied()
        case BadRequestError():
            error = InvalidParameterError({"fields": [str(error)]})
    if isinstance(error, DATABASE_IS_AWAY):
        log_unavailable(error)
        error = UnavailableError()
    if not isinstance(error, exceptions.APIException):
        return _server_error(error, request)
    slug = KNOWN_CODES.get(error.default_code, error.default_code)
    response = _problem(slug, error.status_code, request, detail=_words(error), errors=_errors(error))
    if wait := getattr(error, "wait", None):
        response["Retry-After"] = str(math.ceil(wait))
    if scheme := getattr(error, "auth_header", None):
        response["WWW-Authenticate"] = scheme
    return response


def _problem(slug: str, status_code: int, request: Request, **members: Any) -> Response:
    body = {
        "type": absolute(reverse("wagtailapi_v2:problems:detail", args=[slug]), request),
        "key": slug,
        "title": str(PROBLEM_TYPES[slug].title),
        "status": status_code,
    }
    body |= {name: value for name, value in members.items() if value}
    return Response(body, status=status_code, content_type="application/problem+json")


def _words(error: exceptions.APIException) -> str:
    return "" if isinstance(error, exceptions.ValidationError) else str(error.detail)


def _errors(error: exceptions.APIException) -> Any:
    if isinstance(error, exceptions.ValidationError):
        return error.detail
    return getattr(error, "errors", None)


def _server_error(error: Exception, request: Request) -> Response:
    signals.got_request_exception.send(sender=None, request=request)
    response = _problem("server-error", status.HTTP_500_INTERNAL_SERVER_ERROR, request)
    log_response(
        "%s: %s",
        "Internal Server Error",
        request.path,
        response=response,
        request=request,
        exception=error,
    )
    return response
