from typing import Any

from django.db.models import Prefetch
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from therapists.enquiries.admin.access import EnquiryView
from therapists.enquiries.describing import describe
from therapists.enquiries.models import StoredSuggestion
from therapists.enquiries.models.access import Reading


class EnquiryDetailView(EnquiryView, WagtailAdminTemplateMixin, TemplateView):
    """One enquiry, with the suggestions beside it. Opening it is written in the access log."""

    template_name = "enquiries/admin/enquiry.html"
    header_icon = "mail"
    administrators_may_enter = True

    def get_page_title(self) -> str:
        return self.enquiry.reference

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        self.record(Reading.ENQUIRY)
        enquiry = self.enquiry
        run = enquiry.suggestion_runs.prefetch_related(
            Prefetch("suggestions", StoredSuggestion.objects.select_related("therapist"))
        ).first()
        return super().get_context_data(**kwargs) | {
            "enquiry": enquiry,
            "contact": enquiry.contact,
            "free_text": enquiry.free_text,
            "concerns": enquiry.concerns.all(),
            "described": describe(enquiry),
            "run": run,
            "messages_sent": enquiry.messages.all(),
            "follow_ups": enquiry.follow_ups.filter(done_at=None),
            "changes": enquiry.changes.select_related("changed_by"),
            "may_act": self.glass is None,
        }
