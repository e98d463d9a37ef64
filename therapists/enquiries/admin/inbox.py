from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import ListView

from therapists.enquiries.admin.base import MatchingTeamView, WorkplacePage, signed_in
from therapists.enquiries.admin.extension_points import enquiries_menu
from therapists.enquiries.admin.find import FindForm
from therapists.enquiries.admin.narrowing import Narrowing, counts, narrowings
from therapists.enquiries.admin.team import recent_changes
from therapists.enquiries.enums import State
from therapists.enquiries.models import Enquiry, FollowUp
from therapists.enquiries.services.notes import finish_task


class InboxView(MatchingTeamView, WorkplacePage, ListView):
    """Every enquiry, what is due first on top. It shows the state of each and nothing of what it says."""

    template_name = "enquiries/admin/inbox.html"
    page_title = _("Enquiries")
    header_icon = "mail"
    paginate_by = 50
    context_object_name = "enquiries"

    def get_queryset(self) -> QuerySet[Enquiry]:
        enquiries = Enquiry.objects.by_urgency().select_related("owner").with_task_mark()
        if self._chosen in State.values:
            return enquiries.filter(state=self._chosen)
        ways = {way.name: way for way in self._ways}
        return enquiries.filter(ways.get(self._chosen, ways["active"]).condition)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "show": self._chosen,
            "choices": self._choices(),
            "find_form": FindForm(),
            "links": enquiries_menu.menu_items_for_request(self.request),
            "recent_changes": recent_changes(),
            "loose_tasks": FollowUp.objects.filter(enquiry=None, done_at=None).select_related(
                "message__consultation__therapist"
            ),
        }

    @property
    def _chosen(self) -> str:
        return self.request.GET.get("show", "active")

    @property
    def _ways(self) -> list[Narrowing]:
        return narrowings(signed_in(self.request))

    def _choices(self) -> list[tuple[str, object, int]]:
        """The ways to narrow the list, each with how many it holds. Two queries."""
        numbers = counts(self._ways)
        *narrow, everything = [(way.name, way.label, numbers[way.name]) for way in self._ways]
        by_state = dict(Enquiry.objects.order_by().values_list("state").annotate(Count("pk")))
        states = [(state.value, state.label, by_state[state]) for state in State if state in by_state]
        return [*narrow, *states, everything]


class TaskDoneView(MatchingTeamView):
    """Finish a task that belongs to no enquiry. The others are finished beside theirs."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        try:
            finish_task(None, pk, signed_in(request))
            messages.success(request, gettext("Done."))
        except ValidationError as error:  # someone else was faster
            messages.warning(request, " ".join(error.messages))
        return redirect("enquiries_admin:inbox")
