from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import ListView

from therapists.enquiries.admin.base import MatchingTeamView, WorkplacePage, signed_in
from therapists.enquiries.admin.extension_points import enquiries_menu
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
        open_tasks = FollowUp.objects.filter(enquiry=OuterRef("pk"), done_at=None)
        enquiries = Enquiry.objects.by_urgency().select_related("owner").annotate(has_task=Exists(open_tasks))
        chosen = self.request.GET.get("show", "active")
        if chosen in State.values:
            return enquiries.filter(state=chosen)
        match chosen:
            case "all":
                return enquiries
            case "late":
                return enquiries.late()
            case "mine":
                return enquiries.active().filter(owner=self._user)
            case "tasks":
                return enquiries.filter(has_task=True)
            case _:
                return enquiries.active()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "show": self.request.GET.get("show", "active"),
            "choices": self._choices(),
            "links": enquiries_menu.menu_items_for_request(self.request),
            "recent_changes": recent_changes(),
            "loose_tasks": FollowUp.objects.filter(enquiry=None, done_at=None).select_related(
                "message__consultation__therapist"
            ),
        }

    @property
    def _user(self) -> User:
        return signed_in(self.request)

    def _choices(self) -> list[tuple[str, object, int]]:
        """The ways to narrow the list, each with how many it holds."""
        counts = Enquiry.objects.aggregate(
            all=Count("pk"),
            active=Count("pk", filter=Q(deadline__isnull=False)),
            mine=Count("pk", filter=Q(deadline__isnull=False, owner=self._user)),
            late=Count("pk", filter=Q(pk__in=Enquiry.objects.late())),
        )
        by_state = dict(Enquiry.objects.order_by().values_list("state").annotate(Count("pk")))
        tasks = FollowUp.objects.filter(done_at=None).values("enquiry").distinct().count()
        return [
            ("active", _("To do"), counts["active"]),
            ("late", _("Late"), counts["late"]),
            ("mine", _("Mine"), counts["mine"]),
            ("tasks", _("With a task"), tasks),
            *[(state.value, state.label, by_state.get(state, 0)) for state in State if state in by_state],
            ("all", _("All"), counts["all"]),
        ]


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
