"""The guide for editors in the admin, made from `docs/editing.md`."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from markdown import markdown
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from core.claims import claim_rules

FILE = settings.ROOT / "docs" / "editing.md"


class GuideView(WagtailAdminTemplateMixin, TemplateView):
    http_method_names = ["get", "head", "options"]
    template_name = "wagtailadmin/guide.html"
    page_title = _("Guide for editors")
    header_icon = "help"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        here = {"url": reverse("editors_guide"), "label": self.page_title}
        return [*self.breadcrumbs_items, here]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        # The first line is the title, which the admin shows by itself. "[TOC]" becomes the list of sections.
        _title, _newline, text = FILE.read_text().partition("\n")
        guide = markdown(f"[TOC]\n{text}", extensions=["tables", "toc"])
        return super().get_context_data(**kwargs) | {"guide": guide, "claim_rules": claim_rules()}
