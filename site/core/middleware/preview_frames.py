from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.csp import CSP
from django.views.decorators.csp import csp_override

from core.preview.front_ends import origins


class PreviewFramesMiddleware:
    """Lets the admin, and no other page, show the front ends of previews in a frame."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not origins():
            raise MiddlewareNotUsed
        self.get_response = get_response
        policy: dict[str, Any] = settings.SECURE_CSP | {"frame-src": [CSP.SELF, *sorted(origins())]}
        self.get_admin_response = csp_override(policy)(get_response)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(reverse("wagtailadmin_home")):
            return self.get_admin_response(request)
        return self.get_response(request)
