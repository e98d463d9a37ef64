from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from core.languages import split_prefix


class PathLanguageMiddleware:
    """Activates the language that the path begins with.

    Django's own middleware considers cookies and Accept-Language too: one URL would have several answers, and
    no shared cache could keep it. Only below `BROWSER_LANGUAGE_BELOW`, where none keeps any, is the browser
    asked.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not settings.WAGTAIL_I18N_ENABLED:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(settings.BROWSER_LANGUAGE_BELOW):
            with translation.override(translation.get_language_from_request(request)):
                response = self.get_response(request)
            patch_vary_headers(response, ["Accept-Language"])
            return response
        language, _below = split_prefix(request.path_info.split("/")[1:])
        with translation.override(language):
            return self.get_response(request)
