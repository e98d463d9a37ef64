from collections.abc import Callable

from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, path, re_path
from django.views.decorators.http import conditional_page
from django.views.generic import TemplateView
from wagtail.api.v2.router import WagtailAPIRouter

from core.content_api.description.views import IndexAPIView, OpenAPIView
from core.content_api.views import NotFoundEndpoint


class ContentAPIRouter(WagtailAPIRouter):
    """Wagtail's router, with ETags, endpoints without a model, and 404s as problem details."""

    def get_model_endpoint(self, model: type) -> tuple[str, type] | None:
        for name, endpoint in self._endpoints.items():
            if getattr(endpoint, "model", None) and issubclass(model, endpoint.model):
                return name, endpoint
        return None

    def wrap_view(self, func: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        return super().wrap_view(conditional_page(func))

    def get_urlpatterns(self) -> list[URLPattern | URLResolver]:
        return [
            path("", self.wrap_view(IndexAPIView.as_view()), name="index"),
            path("openapi.json", self.wrap_view(OpenAPIView.as_view()), name="openapi"),
            path("docs/", TemplateView.as_view(template_name="api_docs.html"), name="docs"),
            *super().get_urlpatterns(),
            re_path(r"^(?:[\s\S]*/)?$", NotFoundEndpoint.as_view()),  # a path may hold a line break
        ]
