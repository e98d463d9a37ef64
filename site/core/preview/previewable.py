"""The further way to preview a page: in the front end that shows it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.models import PreviewableMixin

from core.preview.front_ends import front_end_of
from core.preview.opening import open_in_front_end

ON_THE_SITE = ""
IN_THE_FRONT_END = "front-end"


class ShownInFrontEnd(PreviewableMixin):
    #: False for a type that no front end has a page of its own for.
    has_front_end_preview = True

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        """The site's own preview comes first, and so stays the usual one."""
        if not (self.has_front_end_preview and front_end_of(self)):
            return super().preview_modes
        return [(ON_THE_SITE, _("On this site")), (IN_THE_FRONT_END, _("In the front end"))]

    def make_preview_request(
        self,
        original_request: HttpRequest | None = None,
        preview_mode: str | None = None,
        extra_request_attrs: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Here and not in `serve_preview`, which pages with routes of their own turn into a route."""
        modes = [name for name, _label in self.preview_modes]
        if preview_mode != IN_THE_FRONT_END or IN_THE_FRONT_END not in modes or original_request is None:
            return super().make_preview_request(original_request, preview_mode, extra_request_attrs)
        attrs = extra_request_attrs or {}
        return open_in_front_end(
            self,
            original_request,
            is_editing=attrs.get("is_editing", False),
            in_panel=attrs.get("in_preview_panel", False),
        )
