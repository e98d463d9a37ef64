"""Therapists in the admin: profiles, diaries, and the private records of those who may see them."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.log_actions import log

from core.admin.columns import PostColumn
from therapists.enums import AvailabilityStatus
from therapists.models import (
    Availability,
    Departure,
    DiaryTask,
    DiaryTaskKind,
    TherapistPage,
    TherapistPrivate,
)
from therapists.profile_actions import LINKS_ENDED
from therapists.profile_actions import confirm_diary as confirm_and_log
from therapists.profile_filters import ProfileFilterSet
from therapists.profile_list import ProfileIndexView


class ProfileViewSet(PageListingViewSet):
    model = TherapistPage
    menu_label = _("Profiles")
    icon = "user"
    index_view_class = ProfileIndexView
    filterset_class = ProfileFilterSet

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Leave the columns to the view, which knows who is looking."""
        usual = super().get_index_view_kwargs(**kwargs)
        return {name: value for name, value in usual.items() if name != "columns"}


class AvailabilityIndexView(IndexView):
    default_ordering = "therapist__title"

    def get_base_queryset(self) -> QuerySet[Availability]:
        return super().get_base_queryset().select_related("therapist").prefetch_related("absences")


def status_today(availability: Availability) -> str:
    status = availability.status(timezone.localdate())
    if status == AvailabilityStatus.PAUSED:
        return f"{status.label} ({availability.get_paused_by_display()})"
    return str(status.label)


def confirmed_on(availability: Availability) -> date | str:
    """Return the date, or a text that says what to do where it is missing or too old."""
    if availability.confirmed_on is None:
        return gettext("Never")
    if availability.is_confirmed(timezone.localdate()):
        return availability.confirmed_on
    return gettext("%(day)s: ask again") % {"day": availability.confirmed_on.strftime("%d/%m/%Y")}


@permission_required("therapists.change_availability", raise_exception=True)
@require_POST
def confirm_diary(request: HttpRequest, pk: int) -> HttpResponse:
    availability = get_object_or_404(Availability, pk=pk)
    confirm_and_log(availability, request.user)
    messages.success(request, gettext("The diary of %(name)s is confirmed.") % {"name": availability})
    return redirect("diaries:index")


@permission_required("therapists.change_availability", raise_exception=True)
@require_POST
def finish_diary_task(request: HttpRequest, pk: int) -> HttpResponse:
    # Of what came of a proposal, its therapist is told: by publishing it, or by declining it.
    open_task = DiaryTask.objects.open().filter(pk=pk).exclude(kind=DiaryTaskKind.PROPOSED)
    if open_task.update(done_at=timezone.now(), done_by=request.user):
        messages.success(request, gettext("Done."))
    else:
        messages.warning(request, gettext("This task was done already."))
    return redirect("wagtailadmin_home")


class AvailabilityViewSet(ModelViewSet):
    model = Availability
    name = "diaries"
    menu_label = _("Diaries")
    icon = "date"
    index_view_class = AvailabilityIndexView
    list_display = [
        "therapist",
        Column(status_today, label=_("Today")),
        Column("places_per_four_weeks", label=_("Places")),
        Column(confirmed_on, label=_("Confirmed on")),
        PostColumn("confirm", label=_("Confirm"), url_name="diaries:confirm", words=_("Confirm as of today")),
        # By its name: it belongs to those who write letters.
        PostColumn("own_page", label=_("Own page"), url_name="send_own_page", words=_("Send them the link")),
    ]
    copy_view_enabled = False

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/confirm/", confirm_diary, name="confirm"),
            path("tasks/<int:pk>/done/", finish_diary_task, name="task_done"),
        ]


@permission_required("therapists.change_therapistprivate", raise_exception=True)
@require_POST
def end_links(request: HttpRequest, pk: int) -> HttpResponse:
    """End every link to a therapist's own page: one was lost, or passed on. A letter brings a new one."""
    record = get_object_or_404(TherapistPrivate, pk=pk)
    record.links_ended_at = timezone.now().replace(microsecond=0)  # links are dated to the second
    record.save(update_fields=["links_ended_at"])
    log(instance=record, action=LINKS_ENDED, user=request.user)
    messages.success(request, gettext("The links of %(name)s are dead.") % {"name": record})
    return redirect("private-records:index")


class PrivateRecordViewSet(ModelViewSet):
    """Needs its own permission, and is left out of the reference index."""

    model = TherapistPrivate
    name = "private-records"
    menu_label = _("Private records")
    icon = "lock"
    list_display = [
        "therapist",
        "insurance_expires_on",
        "supervision_confirmed_on",
        PostColumn(
            "end_links", label=_("Own page"), url_name="private-records:end_links", words=_("End the links")
        ),
    ]
    add_to_reference_index = False
    copy_view_enabled = False

    def get_urlpatterns(self) -> list[URLPattern]:
        return [*super().get_urlpatterns(), path("<int:pk>/end-links/", end_links, name="end_links")]


class DepartureViewSet(ModelViewSet):
    model = Departure
    name = "departures"
    menu_label = _("Who left")
    icon = "logout"
    list_display = ["therapist", "left_on", "people_introduced"]
    add_to_reference_index = False
    copy_view_enabled = False


class TherapistsGroup(ViewSetGroup):
    menu_label = _("Therapists")
    menu_icon = "group"
    menu_order = 220
    items = (
        ProfileViewSet("therapist_profiles"),
        AvailabilityViewSet(),
        PrivateRecordViewSet(),
        DepartureViewSet(),
    )
