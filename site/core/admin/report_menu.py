"""Entries of the *Reports* menu, for whoever has work in the report."""

from django.http import HttpRequest
from wagtail.admin.menu import MenuItem
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import policy_registry

from core.models import PracticeImage


class PageReportMenuItem(MenuItem):
    """Leads to a report about the pages that an account may change."""

    def is_shown(self, request: HttpRequest) -> bool:
        return PagePermissionPolicy().user_has_any_permission(request.user, ["change", "publish"])


class PictureReportMenuItem(MenuItem):
    """Leads to a report about the pictures that an account may change."""

    def is_shown(self, request: HttpRequest) -> bool:
        policy = policy_registry.get_by_type(PracticeImage)
        return policy.user_has_any_permission(request.user, ["change"])
