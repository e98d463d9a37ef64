"""All pages that wait for whoever looks, of which the home of the admin names the first few."""

from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import ContentTypeFilter, WagtailFilterSet
from wagtail.admin.views.reports import PageReportView
from wagtail.models import Page, get_page_content_types
from wagtail.query import PageQuerySet

from core.waiting_pages import WAITING_PAGES


class WaitingFilterSet(WagtailFilterSet):
    what = django_filters.ChoiceFilter(
        label=_("What they wait for"),
        method="by_what",
        choices=[(what.key, what.name) for what in WAITING_PAGES],
    )
    content_type = ContentTypeFilter(
        label=_("Type"), queryset=lambda request: get_page_content_types(include_base_page_type=False)
    )

    class Meta:
        model = Page
        fields: list[str] = []

    def by_what(self, pages: PageQuerySet, name: str, value: str) -> PageQuerySet:
        [what] = [what for what in WAITING_PAGES if what.key == value]
        return pages.filter(pk__in=what.of(self.request.user).values("pk"))


class WaitingReport(PageReportView):
    index_url_name = "waiting_pages"
    index_results_url_name = "waiting_pages_results"
    page_title = _("Pages to look after")
    header_icon = "list-ul"
    filterset_class = WaitingFilterSet
    any_permission_required = ["add", "change", "publish"]

    def get_queryset(self) -> PageQuerySet:
        keys: set[Any] = set()
        for what in WAITING_PAGES:
            keys |= set(what.of(self.request.user).values_list("pk", flat=True))
        self.queryset = Page.objects.filter(pk__in=keys).select_related("content_type").order_by("title")
        return super().get_queryset()
