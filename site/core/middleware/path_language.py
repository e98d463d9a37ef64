from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from core.languages import split_prefix


class PathLanguageMiddleware:
    """Activates the language that the path begins with, and no other.

    Django's own middleware considers cookies and Accept-Language too: one URL would have several answers, and
    no shared cache could keep it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not settings.WAGTAIL_I18N_ENABLED:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language, _below = split_prefix(request.path_info.split("/")[1:])
        with translation.override(language):
            return self.get_response(request)
