from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from therapies.source_report import LeaningFactsMenuItem, LeaningFactsReport
from therapies.viewsets import FactsViewSetGroup

register_snippet(FactsViewSetGroup)


@hooks.register("register_admin_urls")
def leaning_facts_url() -> list[URLPattern]:
    return [path("reports/sources/", LeaningFactsReport.as_view(), name="leaning_facts")]


@hooks.register("register_reports_menu_item")
def leaning_facts_menu_item() -> MenuItem:
    return LeaningFactsMenuItem(
        _("Facts without a good source"), reverse("leaning_facts"), icon_name="link-external", order=60
    )
