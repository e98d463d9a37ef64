"""Tasks about a therapist for whoever keeps the diaries: set once, and settled where the reason is gone."""

from collections.abc import Collection

from django.utils import timezone

from therapists.models import Availability, DiaryTask, DiaryTaskKind, TherapistPage
from therapists.models.availability import CONFIRMED_FOR


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
