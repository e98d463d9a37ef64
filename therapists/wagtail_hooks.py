from django.contrib import messages
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from therapists.diary_tasks_panel import DiaryTasksPanel
from therapists.models import Departure, TherapistPage
from therapists.registration_panel import WARNED_BEFORE, RegistrationPanel
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


@hooks.register("after_publish_page")
def warn_of_registration(request: HttpRequest, page: Page) -> None:
    """Publishing is not refused: the page appears by itself once its registration is checked."""
    if not isinstance(page, TherapistPage):
        return
    today = timezone.localdate()
    if departure := Departure.objects.filter(
        therapist__in=TherapistPage.objects.same_person_as(page)
    ).first():
        messages.warning(
            request,
            _("Visitors do not see this profile: they left on %(day)s. If they are back, remove that first.")
            % {"day": date_format(departure.left_on)},
        )
        return
    ends = max((row.expires_on for row in page.current_registrations if row.expires_on), default=None)
    if ends is None:
        messages.warning(
            request,
            _("Visitors cannot see this profile yet: it has no registration that is checked and in date."),
        )
    elif ends <= today + WARNED_BEFORE:
        messages.warning(
            request,
            _("Visitors can see this profile until %(day)s, when its registration ends.")
            % {"day": date_format(ends)},
        )
