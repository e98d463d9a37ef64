from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.permission_policies.pages import PagePermissionPolicy

from therapists.diary_tasks_panel import DiaryTasksPanel
from therapists.profile_actions import ACTIONS, register_actions
from therapists.registration_panel import RegistrationPanel
from therapists.viewsets import TherapistsGroup


@hooks.register("register_admin_viewset")
def therapists_group() -> ViewSetGroup:
    return TherapistsGroup()


@hooks.register("construct_homepage_panels")
def add_registration_panel(request: HttpRequest, panels: list[Component]) -> None:
    if PagePermissionPolicy().user_has_any_permission(request.user, {"change", "publish"}):
        panels.append(RegistrationPanel())


@hooks.register("construct_homepage_panels")
def add_diary_tasks(request: HttpRequest, panels: list[Component]) -> None:
    if request.user.has_perm("therapists.change_availability"):
        panels.append(DiaryTasksPanel())


hooks.register("register_log_actions", register_actions)
for bulk_action in ACTIONS:
    hooks.register("register_bulk_action", bulk_action)
