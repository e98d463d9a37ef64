"""A therapist's pause, from their own page: they end or shorten their own, and ask for the end of another.

A pause that the practice set is not theirs to end: it may be about the people whom they would see, and
whoever has the link could end it. A pause that came of unanswered offers they may end: what it waited for is
a sign of them, and whoever has the link could answer the offers on that page as well.
"""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from therapists.enquiries.services.diary_tasks import OF_A_PAUSE, set_diary_task, settle_diary_tasks
from therapists.enums import PausedBy
from therapists.models import Availability, DiaryTaskKind, TherapistPage


def is_for_the_practice(diary: Availability) -> bool:
    """Return whether they are paused now and only the practice may end that."""
    return diary.is_paused(timezone.localdate()) and diary.paused_by == PausedBy.PRACTICE


@transaction.atomic
def pause(therapist: TherapistPage, until: date) -> None:
    """Pause them for themselves. Raise ValidationError where the practice paused them."""
    diary = _locked_diary(therapist)
    if is_for_the_practice(diary):
        raise ValidationError(_("The practice has paused you. Please write to us or call."))
    diary.pause(until, PausedBy.THERAPIST)
    settle_diary_tasks(therapist, OF_A_PAUSE)


@transaction.atomic
def come_back(therapist: TherapistPage) -> None:
    """End their pause, or ask whoever keeps the diaries to end it where the practice set it."""
    diary = _locked_diary(therapist)
    if is_for_the_practice(diary):
        set_diary_task(therapist, DiaryTaskKind.WANTS_BACK)
    else:
        diary.end_pause()


def _locked_diary(therapist: TherapistPage) -> Availability:
    """Raise DoesNotExist where they have none."""
    return Availability.objects.select_for_update(of=("self",)).get(therapist=therapist)
