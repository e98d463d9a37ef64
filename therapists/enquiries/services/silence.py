"""Therapists who let offers expire: they are asked less, then somebody asks them, then they are paused.

An offer counts that reached them and that they let pass; not one that was taken back, and not one whose
e-mail came back or never left.
"""

from datetime import timedelta

from django.utils import timezone

from core.outbox import SendingState
from therapists.enquiries.mail.queue import queue_message
from therapists.enquiries.models import MessageKind, Offer, OutgoingMessage, UnansweredOffer
from therapists.enquiries.services.diary_tasks import set_diary_task, settle_diary_tasks
from therapists.enums import PausedBy
from therapists.models import Availability, DiaryTaskKind, TherapistPage, TherapistPrivate

#: In a row.
ASKED_AFTER = 2
PAUSED_AFTER = 3
#: An end, so that nobody is forgotten: by then whoever keeps the diaries has rung them.
PAUSED_FOR = timedelta(weeks=12)


def note_unanswered(offer: Offer) -> None:
    """Count an offer that has just expired. Call it in the transaction that closes the offer."""
    letters = OutgoingMessage.objects.filter(offer=offer, kind=MessageKind.OFFER)
    if not letters.filter(state=SendingState.SENT).exists():
        return
    _lock(offer.therapist)
    before = _in_a_row(offer.therapist)
    UnansweredOffer.objects.create(therapist=offer.therapist, offer=offer, offered_at=offer.made_at)
    in_a_row = _in_a_row(offer.therapist)
    if in_a_row == before:
        return
    if in_a_row == ASKED_AFTER:
        set_diary_task(offer.therapist, DiaryTaskKind.SILENT)
        queue_message(None, MessageKind.UNANSWERED, therapist=offer.therapist)
    elif in_a_row >= PAUSED_AFTER:
        _pause(offer.therapist)


def note_answered(therapist: TherapistPage) -> None:
    """End the row of a therapist who has just said yes or no."""
    _lock(therapist)
    UnansweredOffer.objects.in_a_row(therapist).update(row_ended_at=timezone.now())
    settle_diary_tasks(therapist, [DiaryTaskKind.SILENT])


def forget_unreached(offer: Offer) -> None:
    """Take back that an offer was counted, and a pause that came of it: its e-mail came back afterwards."""
    counted = UnansweredOffer.objects.filter(offer=offer).first()
    if counted is None:
        return
    _lock(offer.therapist)
    ended_at = counted.row_ended_at
    counted.delete()
    row = UnansweredOffer.objects.filter(therapist=offer.therapist, row_ended_at=ended_at)
    diary = _locked_diary(offer.therapist)
    if ended_at is None or diary is None or diary.paused_by != PausedBy.SILENCE:
        return
    if diary.is_paused(timezone.localdate()) and row.exists():
        row.update(row_ended_at=None)
        diary.end_pause()


def forget_old_silence() -> None:
    """Delete what uses up no place any more. A row that has not ended is remembered for a year."""
    a_year_ago = timezone.now() - timedelta(days=365)
    in_use = UnansweredOffer.objects.using_a_place()
    past = UnansweredOffer.objects.exclude(pk__in=in_use.values("pk"))
    past.exclude(row_ended_at=None).delete()
    past.filter(offered_at__lt=a_year_ago).delete()


def _in_a_row(therapist: TherapistPage) -> int:
    """Count offers that were made after the one before had ended: of several at one time, one counts."""
    count, ended_at = 0, None
    for row in UnansweredOffer.objects.in_a_row(therapist).select_related("offer"):
        if ended_at is None or row.offered_at >= ended_at:
            count += 1
            ended_at = row.offer.expires_at if row.offer else row.offered_at
    return count


def _lock(therapist: TherapistPage) -> None:
    """Let no other offer to them be counted meanwhile. Whoever was asked has a private record."""
    TherapistPrivate.objects.select_for_update(of=("self",)).filter(therapist=therapist).first()


def _locked_diary(therapist: TherapistPage) -> Availability | None:
    return Availability.objects.select_for_update(of=("self",)).filter(therapist=therapist).first()


def _pause(therapist: TherapistPage) -> None:
    """Pause them and tell them and the practice. Whoever is paused already is left as they are."""
    today = timezone.localdate()
    diary = _locked_diary(therapist)
    if diary is None or diary.is_paused(today):
        return
    diary.pause(today + PAUSED_FOR, PausedBy.SILENCE)
    UnansweredOffer.objects.in_a_row(therapist).update(row_ended_at=timezone.now())
    settle_diary_tasks(therapist, [DiaryTaskKind.SILENT])
    set_diary_task(therapist, DiaryTaskKind.PAUSED)
    queue_message(None, MessageKind.PAUSED, therapist=therapist)
    queue_message(None, MessageKind.THERAPIST_PAUSED, therapist=therapist)
