"""On the first page of the admin: what somebody who keeps the diaries has to do."""

from typing import Any

from django.middleware.csrf import get_token
from wagtail.admin.ui.components import Component

from therapists.models import DiaryTask


class DiaryTasksPanel(Component):
    name = "diary_tasks"
    template_name = "wagtailadmin/therapists/diary_tasks_panel.html"
    order = 110

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        tasks = DiaryTask.objects.open().select_related("therapist__availability")
        return {"tasks": tasks, "csrf_token": get_token(parent_context["request"])}
