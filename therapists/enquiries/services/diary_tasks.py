"""Tasks about a therapist for whoever keeps the diaries: set once, and settled where the reason is gone."""

from collections.abc import Collection

from django.utils import timezone

from therapists.models import DiaryTask, DiaryTaskKind, TherapistPage


def set_diary_task(therapist: TherapistPage, kind: DiaryTaskKind) -> None:
    DiaryTask.objects.get_or_create(therapist=therapist, kind=kind, done_at=None)


def settle_diary_tasks(therapist: TherapistPage, kinds: Collection[DiaryTaskKind]) -> None:
    """Finish those for which there is no reason any more."""
    DiaryTask.objects.open().filter(therapist=therapist, kind__in=kinds).update(done_at=timezone.now())
