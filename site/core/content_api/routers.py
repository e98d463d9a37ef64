from collections.abc import Callable

from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, path, re_path
from django.utils.decorators import decorator_from_middleware
from django.views.generic import TemplateView
from wagtail.api.v2.router import WagtailAPIRouter

from core.caching.conditional import ConditionalReadMiddleware
from core.content_api.description.views import IndexAPIView, OpenAPIView
from core.content_api.views import NotFoundEndpoint, WithoutSlashEndpoint

#: A path may hold a line break.
ANY_PATH = r"^(?:[\s\S]*/)?$"
ANY_PATH_WITHOUT_A_SLASH = r"^[\s\S]*[^/]$"
conditional_read = decorator_from_middleware(ConditionalReadMiddleware)


class ContentAPIRouter(WagtailAPIRouter):
    """Wagtail's router, with ETags, endpoints without a model, and 404s as problem details."""

    def get_model_endpoint(self, model: type) -> tuple[str, type] | None:
        for name, endpoint in self._endpoints.items():
            if getattr(endpoint, "model", None) and issubclass(model, endpoint.model):
                return name, endpoint
        return None

    def wrap_view(self, func: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        return super().wrap_view(conditional_read(func))

    def get_urlpatterns(self) -> list[URLPattern | URLResolver]:
        return [
            path("", self.wrap_view(IndexAPIView.as_view()), name="index"),
            path("openapi.json", self.wrap_view(OpenAPIView.as_view()), name="openapi"),
            path("docs/", TemplateView.as_view(template_name="api_docs.html"), name="docs"),
            *super().get_urlpatterns(),
            *not_found_urlpatterns(),
        ]


def not_found_urlpatterns() -> list[URLPattern]:
    """Return patterns for what no other fits: a problem as JSON, or the address with a slash at its end."""
    return [
        re_path(ANY_PATH, NotFoundEndpoint.as_view()),
        re_path(ANY_PATH_WITHOUT_A_SLASH, WithoutSlashEndpoint.as_view()),
    ]
