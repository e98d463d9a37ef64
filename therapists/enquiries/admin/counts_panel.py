"""On the first page of the admin, for the Matching team: how many enquiries wait for what. Numbers alone."""

from typing import Any

from django.contrib.auth.models import User
from wagtail.admin.ui.components import Component

from therapists.enquiries.admin.narrowing import counts, narrowings

#: Of the ways to narrow the inbox, those that ask somebody to act.
COUNTED = ("active", "late", "my-tasks", "safety")


class EnquiryCountsPanel(Component):
    name = "enquiries"
    template_name = "enquiries/admin/counts_panel.html"
    order = 20  # below what is wrong, above all else

    def __init__(self, reader: User) -> None:
        self.reader = reader

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        ways = [way for way in narrowings(self.reader) if way.name in COUNTED]
        numbers = counts(ways)
        return {"counts": [(way.name, way.label, numbers[way.name]) for way in ways]}
