from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from core.admin.record_translations import RecordTranslationViewSet
from therapies.fact_editor import FactPreviewView, edit_fact
from therapies.fact_links import EditableFacts, EditFactsItem
from therapies.models import DimensionTranslation, TherapyPage
from therapies.source_report import LeaningFactsMenuItem, LeaningFactsReport
from therapies.source_search import search_sources
from therapies.viewsets import FactsViewSetGroup

register_snippet(FactsViewSetGroup)


@hooks.register("register_admin_viewset")
def dimensions_in_languages() -> ModelViewSet:
    return RecordTranslationViewSet("points-of-comparison-in-languages", model=DimensionTranslation)


@hooks.register("register_admin_urls")
def source_urls() -> list[URLPattern]:
    return [
        path("reports/sources/", LeaningFactsReport.as_view(), name="leaning_facts"),
        path("facts/sources/", search_sources, name="search_sources"),
    ]


@hooks.register("register_admin_urls")
def fact_urls() -> list[URLPattern]:
    return [
        path("facts/<int:page_id>/<slug:key>/", edit_fact, name="edit_fact"),
        path("facts/<int:page_id>/<slug:key>/preview/", FactPreviewView.as_view(), name="preview_fact"),
    ]


@hooks.register("register_reports_menu_item")
def leaning_facts_menu_item() -> MenuItem:
    return LeaningFactsMenuItem(
        _("Facts without a good source"), reverse("leaning_facts"), icon_name="link-external", order=60
    )


@hooks.register("construct_wagtail_userbar")
def add_way_to_the_facts(request: HttpRequest, items: list[Any], page: Page | None) -> None:
    is_frame = getattr(request, "in_preview_panel", False)
    if is_frame:
        return
    shown = EditableFacts.on(request)
    if isinstance(page, TherapyPage) and page.pk is not None:
        shown.page_of(page.pk, request)
    items += [EditFactsItem(one, is_named=one.pk != getattr(page, "pk", None)) for one in shown.pages]
