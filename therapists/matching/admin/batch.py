from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from therapists.enquiries.access.access_log import record_list
from therapists.enquiries.admin.base import MatchingTeamView, WorkplacePage, signed_in
from therapists.enquiries.models import ReadingKind
from therapists.matching.admin.waiting import compare_waiting, waiting_enquiries


class BatchView(MatchingTeamView, WorkplacePage, TemplateView):
    """Every waiting enquiry with its therapist one by one and all at once. Access is logged."""

    template_name = "matching/admin/batch.html"
    page_title = _("All waiting enquiries at once")
    header_icon = "group"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        enquiries = waiting_enquiries()
        record_list(enquiries, ReadingKind.LIST, signed_in(self.request))
        today = timezone.localdate()
        return super().get_context_data(**kwargs) | {
            "as_of": today,
            "batch": compare_waiting(enquiries, today),
        }
