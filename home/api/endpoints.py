"""What every endpoint does: knows no session, takes only parameters it names, says what may be cached."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from home.api.errors import UnknownParameterError, problem_response


def check_parameters(given: Mapping[str, Any], known: frozenset[str]) -> None:
    if unknown := sorted(set(given) - known):
        raise UnknownParameterError({name: [_("This parameter is not known here.")] for name in unknown})


class Endpoint(APIView):
    """An editor who is logged in is given what everyone is given: sessions are never looked at."""

    authentication_classes: Sequence[Any] = ()
    http_method_names = ["get", "head", "options"]

    def known_parameters(self) -> frozenset[str]:
        return frozenset()

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        check_parameters(request.GET, self.known_parameters())

    def handle_exception(self, exc: Exception) -> Response:
        return problem_response(exc, self.request)

    def finalize_response(
        self, request: HttpRequest, response: Response, *args: Any, **kwargs: Any
    ) -> Response:
        response = super().finalize_response(request, response, *args, **kwargs)
        cacheable = request.method in ("GET", "HEAD") and response.status_code == 200
        response["Cache-Control"] = settings.API_CACHE_CONTROL if cacheable else "no-store"
        return response


class PlainEndpoint(Endpoint):
    """One address, one answer: no list."""

    @classmethod
    def get_urlpatterns(cls) -> list[URLPattern]:
        return [path("", cls.as_view(), name="detail")]


class NothingHere(PlainEndpoint):
    """Any other address below the API's."""

    http_method_names = APIView.http_method_names

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        raise Http404
