from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from therapies.fact_links import EditFactsItem
from therapies.models import TherapyPage
from therapies.source_report import LeaningFactsMenuItem, LeaningFactsReport
from therapies.source_search import search_sources
from therapies.viewsets import FactsViewSetGroup

register_snippet(FactsViewSetGroup)


@hooks.register("register_admin_urls")
def source_urls() -> list[URLPattern]:
    return [
        path("reports/sources/", LeaningFactsReport.as_view(), name="leaning_facts"),
        path("facts/sources/", search_sources, name="search_sources"),
    ]


@hooks.register("register_reports_menu_item")
def leaning_facts_menu_item() -> MenuItem:
    return LeaningFactsMenuItem(
        _("Facts without a good source"), reverse("leaning_facts"), icon_name="link-external", order=60
    )


@hooks.register("construct_wagtail_userbar")
def add_way_to_the_facts(request: HttpRequest, items: list[Any], page: Page | None) -> None:
    is_frame = getattr(request, "in_preview_panel", False)
    if not isinstance(page, TherapyPage) or page.pk is None or is_frame:
        return
    if page.permissions_for_user(request.user).can_edit():
        items.append(EditFactsItem(page))
