from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from therapists.enquiries.access.team import team_members
from therapists.enquiries.admin.base import MatchingTeamView, WorkplacePage
from therapists.enquiries.models import BreakGlass, TeamChange

#: For so long the inbox says it on top. Nobody can wave it away, whoever just joined least of all.
RECENT = timedelta(days=14)
LONGEST_LIST = 200


def recent_changes() -> dict[str, Any]:
    """For the top of the inbox: who joined or left lately, and whom an administrator read about."""
    since = timezone.now() - RECENT
    return {
        "team_changes": TeamChange.objects.filter(noticed_at__gt=since),
        "openings": BreakGlass.objects.filter(opened_at__gt=since),
    }


class TeamView(MatchingTeamView, WorkplacePage, TemplateView):
    """Who may read enquiries, since when and by whom; and which an administrator opened, and why."""

    template_name = "enquiries/admin/team.html"
    page_title = _("Team and access")
    header_icon = "group"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "members": team_members().order_by("username"),
            "team_changes": TeamChange.objects.all()[:LONGEST_LIST],
            "openings": BreakGlass.objects.all()[:LONGEST_LIST],
        }
