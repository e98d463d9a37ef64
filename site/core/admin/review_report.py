"""Reviewed pages, the longest due first: a report to filter and to download."""

import django_filters
from django.contrib.auth.models import User
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import ContentTypeFilter, WagtailFilterSet
from wagtail.admin.views.reports import PageReportView
from wagtail.admin.widgets import AdminDateInput
from wagtail.models import Page, get_page_content_types
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.query import PageQuerySet

from core.models import Reviewer
from core.reviews.debt import reviewed_pages


class ReviewFilterSet(WagtailFilterSet):
    due = django_filters.ChoiceFilter(
        label=_("Due"),
        method="by_due",
        choices=[("now", _("Due now")), ("changed", _("Words changed since"))],
    )
    due_before = django_filters.DateFilter(
        label=_("Due before"), field_name="due_on", lookup_expr="lt", widget=AdminDateInput
    )
    reviewer = django_filters.ModelChoiceFilter(
        label=_("Reviewed by"), queryset=Reviewer.objects.all(), method="by_reviewer"
    )
    owner = django_filters.ModelChoiceFilter(
        label=_("Owner"), queryset=lambda request: User.objects.filter(owned_pages__isnull=False).distinct()
    )
    content_type = ContentTypeFilter(
        label=_("Type"), queryset=lambda request: get_page_content_types(include_base_page_type=False)
    )

    class Meta:
        model = Page
        fields: list[str] = []

    def by_due(self, pages: PageQuerySet, name: str, value: str) -> PageQuerySet:
        changed = Q(awaits_since__isnull=False)
        return pages.filter(changed if value == "changed" else changed | Q(due_on__lt=timezone.localdate()))

    def by_reviewer(self, pages: PageQuerySet, name: str, value: Reviewer) -> PageQuerySet:
        return pages.filter(reviewed_by=value.name)


class ReviewReport(PageReportView):
    index_url_name = "reviews"
    index_results_url_name = "reviews_results"
    page_title = _("Reviews")
    header_icon = "check"
    results_template_name = "wagtailadmin/reports/reviews_results.html"
    filterset_class = ReviewFilterSet
    any_permission_required = ["add", "change", "publish"]
    list_export = [
        "title",
        "content_type.model_class._meta.verbose_name.title",
        "reviewed_on",
        "reviewed_by",
        "due_on",
        "awaits_since",
        "owner",
        "full_url",
    ]
    export_headings = PageReportView.export_headings | {
        "reviewed_on": _("Reviewed on"),
        "reviewed_by": _("Reviewed by"),
        "due_on": _("Next review due"),
        "awaits_since": _("Words changed on"),
        "owner": _("Owner"),
        "full_url": _("Address"),
    }

    def get_queryset(self) -> PageQuerySet:
        """Show what this account may change, the longest due first."""
        policy = PagePermissionPolicy()
        theirs = policy.instances_user_has_any_permission_for(self.request.user, ["change", "publish"])
        self.queryset = (
            reviewed_pages()
            .filter(pk__in=theirs.values("pk"))
            .select_related("content_type", "owner")
            .order_by("due_on", "title")
        )
        return super().get_queryset()
