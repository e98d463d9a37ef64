"""What follows from storing: webhook events, a profile taken down, rights of those who keep profiles."""

from datetime import date
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db.models.signals import post_save
from wagtail.models import GroupPagePermission

from core.webhooks.change_registry import Change, announce_changes_of
from core.webhooks.date_states import register_date_states
from core.webhooks.enums import EventType
from therapists.models import (
    Absence,
    Availability,
    Departure,
    TherapistIndexPage,
    TherapistPage,
    WeeklyWindow,
)
from therapists.models.availability import Bookings, bookings_on

PROFILE_MANAGERS = "Profile manager"
#: What profile managers may do with the pages of a directory.
OF_DIRECTORIES = ("add", "change", "publish", "lock", "unlock")


def announce_availability() -> None:
    announce_changes_of(Availability, EventType.AVAILABILITY_CHANGED, diary_of)
    for model in (WeeklyWindow, Absence):
        announce_changes_of(model, EventType.AVAILABILITY_CHANGED, lambda row: diary_of(row.availability))
    register_date_states(profiles_on)


def let_profile_managers_keep_new_directories() -> None:
    post_save.connect(_grant, sender=TherapistIndexPage)


def _grant(instance: TherapistIndexPage, created: bool, raw: bool = False, **kwargs: Any) -> None:
    """Grant what the migrations grant of each directory that was there before them."""
    if raw or not created:
        return
    group = Group.objects.filter(name=PROFILE_MANAGERS).first()
    permissions = Permission.objects.filter(
        content_type__app_label="wagtailcore", codename__in=[f"{action}_page" for action in OF_DIRECTORIES]
    )
    for permission in permissions if group else ():
        GroupPagePermission.objects.get_or_create(group=group, page=instance, permission=permission)


def take_down_whoever_leaves() -> None:
    post_save.connect(_take_down, sender=Departure)


def _take_down(instance: Departure, raw: bool = False, **kwargs: Any) -> None:
    """Unpublish the profile in every language, with what is scheduled for it."""
    if raw:
        return
    for page in TherapistPage.objects.same_person_as(instance.therapist):
        page.revisions.exclude(approved_go_live_at=None).update(approved_go_live_at=None)
        if page.live:
            page.unpublish()


def diary_of(diary: Availability) -> Change:
    return Change(page_id=diary.therapist_id)


def profiles_on(day: date) -> dict[int, str]:
    """Whether someone new could begin and when they could first be met, and which registrations still run."""
    diaries = Availability.objects.select_related("therapist").prefetch_related("absences", "windows")
    known = bookings_on(day)
    therapists = TherapistPage.objects.live().only("pk").prefetch_related("registrations")
    states = {diary.therapist_id: _state(diary, day, known) for diary in diaries}
    return {
        therapist.pk: f"{states.get(therapist.pk, '')} {_registered(therapist, day)}"
        for therapist in therapists
    }


def _state(diary: Availability, day: date, known: Bookings) -> str:
    first = diary.first_consultation(day, known)
    return f"{diary.status(day, known).value} {first.date() if first else None}"


def _registered(therapist: TherapistPage, day: date) -> list[int]:
    return sorted(row.pk for row in therapist.registrations.all() if row.is_current(day))
