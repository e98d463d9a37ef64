from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from core.languages import read_prefix


class PathLanguageMiddleware:
    """Speaks the language that the path begins with. Django's own middleware asks browsers and cookies, too.

    Then one address would say different things to different readers, and no shared cache could keep it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not settings.WAGTAIL_I18N_ENABLED:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language, _below = read_prefix(request.path_info.split("/")[1:])
        with translation.override(language):
            return self.get_response(request)
