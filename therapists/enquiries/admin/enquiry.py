from typing import Any

from django.views.generic import TemplateView

from therapists.enquiries.admin.action_form import ActionForm, ActionPlace
from therapists.enquiries.admin.base import EnquiryView, WorkplacePage
from therapists.enquiries.admin.extension_points import enquiry_panels
from therapists.enquiries.admin.forms import ACTION_FORMS
from therapists.enquiries.describing import describe
from therapists.enquiries.models import AccessLogEntry, FollowUpKind, ReadingKind

#: Of those who read it, the latest.
MOST_READINGS = 30


class EnquiryDetailView(EnquiryView, WorkplacePage, TemplateView):
    """One enquiry, with the suggestions beside it. Opening it is written in the access log."""

    template_name = "enquiries/admin/enquiry.html"
    header_icon = "mail"
    allows_administrators = True
    #: A form that could not be carried out, shown again with its errors.
    bound_form: ActionForm | None = None

    def get_page_title(self) -> str:
        return self.enquiry.reference

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        self.record(ReadingKind.ENQUIRY)
        enquiry = self.enquiry
        return super().get_context_data(**kwargs) | {
            "enquiry": enquiry,
            "contact": enquiry.contact,
            "free_text": enquiry.free_text,
            "concerns": enquiry.named_concerns(),
            "described": describe(enquiry),
            "consultation": enquiry.consultations.agreed().first(),
            "panels": enquiry_panels(enquiry),
            "messages_sent": enquiry.messages.all(),
            "follow_ups": enquiry.follow_ups.filter(done_at=None),
            "changes": enquiry.changes.all(),
            "told_anew": enquiry.follow_ups.filter(kind=FollowUpKind.CHANGED_BY_VISITOR),
            "outcome_reports": enquiry.outcome_reports.all(),
            "notes": enquiry.notes.select_related("written_by"),
            "replies": enquiry.replies.select_related("written_by"),
            "readings": AccessLogEntry.objects.filter(enquiry_id=enquiry.pk).select_related("break_glass")[
                :MOST_READINGS
            ],
            "consultations": enquiry.consultations.select_related("therapist"),
            "offers": enquiry.offers.select_related("therapist").prefetch_related("questions"),
            "may_act": self.glass is None,
            "actions": self._actions() if self.glass is None else {},
            "bound_form": self.bound_form,
        }

    def _actions(self) -> dict[str, list[ActionForm]]:
        """Return what can be done now, by part of the page; what was typed stays."""
        bound = self.bound_form
        forms = [
            bound if bound and isinstance(bound, form) else form(self.enquiry)
            for form in ACTION_FORMS
            if form.is_offered(self.enquiry)
        ]
        return {part.value: [form for form in forms if form.part == part] for part in ActionPlace}
