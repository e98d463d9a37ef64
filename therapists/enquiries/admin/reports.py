from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from core.admin.spreadsheets import write_rows
from therapists.enquiries.access.access_log import record_list
from therapists.enquiries.admin.base import MatchingTeamView, WorkplacePage, signed_in
from therapists.enquiries.models import Enquiry, ReadingKind
from therapists.enquiries.reports import response_figures as reports
from therapists.enquiries.reports.outcome_figures import outcomes_since
from therapists.enquiries.reports.unmet_demand import SMALLEST_CELL, unmet_demand

DAYS = 90


class ReportsView(MatchingTeamView, WorkplacePage, TemplateView):
    """The last three months in numbers."""

    template_name = "enquiries/admin/reports.html"
    page_title = _("How enquiries go")
    header_icon = "table"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        since = reports.days_ago(DAYS)
        load = reports.load(since)
        return super().get_context_data(**kwargs) | {
            "days": DAYS,
            "demand": unmet_demand(since),
            "smallest_cell": SMALLEST_CELL,
            "replies": reports.first_replies(since),
            "acceptance": reports.acceptance(since),
            "load": load,
            "fairness": reports.fairness(row.per_place for row in load),
            "overrides": reports.overrides(since),
            "outcomes": outcomes_since(since),
        }


class ExportView(MatchingTeamView):
    """The list as a file for a spreadsheet. POST: every line of it is written in the access log."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        record_list(Enquiry.objects.iterator(), ReadingKind.EXPORT, signed_in(request))
        response = HttpResponse(content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = (
            f'attachment; filename="enquiries-{timezone.localdate():%Y-%m-%d}.csv"'
        )
        write_rows(reports.rows_for_export(), response)
        return response
