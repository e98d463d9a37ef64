"""Tasks about a therapist for whoever keeps the diaries: set once, and settled where the reason is gone."""

from collections.abc import Collection
from typing import Any

from django.db.models.signals import post_save
from django.utils import timezone

from therapists.models import Availability, DiaryTask, DiaryTaskKind, TherapistPage
from therapists.models.availability import CONFIRMED_FOR

OF_A_PAUSE = [DiaryTaskKind.PAUSED, DiaryTaskKind.WANTS_BACK]


def settle_as_diaries_change() -> None:
    post_save.connect(_diary_saved, sender=Availability)


def _diary_saved(raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        settle_confirmed_diaries()
        settle_ended_pauses()


def set_diary_task(therapist: TherapistPage, kind: DiaryTaskKind) -> None:
    DiaryTask.objects.get_or_create(therapist=therapist, kind=kind, done_at=None)


def settle_diary_tasks(therapist: TherapistPage, kinds: Collection[DiaryTaskKind]) -> None:
    """Finish those for which there is no reason any more."""
    DiaryTask.objects.open().filter(therapist=therapist, kind__in=kinds).update(done_at=timezone.now())


def settle_confirmed_diaries() -> None:
    """Finish the tasks to ask about diaries that were confirmed since, in whichever way."""
    confirmed = Availability.objects.filter(confirmed_on__gte=timezone.localdate() - CONFIRMED_FOR)
    tasks = DiaryTask.objects.open().filter(kind=DiaryTaskKind.UNCONFIRMED)
    tasks.filter(therapist__in=confirmed.values("therapist")).update(done_at=timezone.now())


def settle_ended_pauses() -> None:
    """Finish the tasks about pauses that were ended, by whomever, or whose day has come."""
    paused = Availability.objects.filter(paused_until__gt=timezone.localdate())
    tasks = DiaryTask.objects.open().filter(kind__in=OF_A_PAUSE)
    tasks.exclude(therapist__in=paused.values("therapist")).update(done_at=timezone.now())
