"""Letters before it is too late: of a consultation, of an offer that runs out, of a diary nobody confirmed.

Each goes out once, however many workers look and wherever one is stopped: what was sent is a row, stored with
the letter under the lock of what it is about.
"""

from datetime import date, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from core.outbox import SendingState
from therapists.enquiries.mail.queue import queue_message
from therapists.enquiries.models import (
    Consultation,
    DiaryReminder,
    Enquiry,
    MessageKind,
    Offer,
    OutgoingMessage,
)
from therapists.enquiries.services.diary_tasks import (
    set_diary_task,
    settle_confirmed_diaries,
    settle_ended_pauses,
)
from therapists.enquiries.services.offers import OfferClosed, locked_offer
from therapists.enquiries.services.one_by_one import one_by_one
from therapists.enquiries.working_time import working_time
from therapists.models import Availability, DiaryTask, DiaryTaskKind, TherapistPage
from therapists.models.availability import CONFIRMED_FOR

_OF_CONSULTATION = [MessageKind.REMINDER_VISITOR, MessageKind.REMINDER_THERAPIST]
#: These tell of the time themselves: so soon after one nobody needs to be reminded.
_TELL_THE_TIME = [
    MessageKind.CONSULTATION_VISITOR,
    MessageKind.CONSULTATION_THERAPIST,
    MessageKind.INTRODUCTION,
]
MOST_DIARY_REMINDERS = 3
BETWEEN_DIARY_REMINDERS = timedelta(days=7)


def remind_of_consultations() -> None:
    """Write to both a day before, or as the setting says; to the visitor only where writing is safe."""
    ahead = timedelta(hours=settings.ENQUIRY_REMIND_HOURS_BEFORE)
    now = timezone.now()
    near = Consultation.objects.confirmed().filter(
        during__startswith__gt=now, during__startswith__lte=now + ahead
    )
    reminded = OutgoingMessage.objects.filter(kind__in=_OF_CONSULTATION, consultation__isnull=False)
    keys = list(near.exclude(pk__in=reminded.values("consultation")).values_list("pk", flat=True))
    one_by_one(lambda key: _remind_of_consultation(key, ahead), keys)


@transaction.atomic
def _remind_of_consultation(consultation_id: UUID, ahead: timedelta) -> None:
    enquiry = Enquiry.objects.select_for_update(of=("self",)).filter(consultations=consultation_id).first()
    consultation = Consultation.objects.confirmed().filter(pk=consultation_id, enquiry=enquiry).first()
    if enquiry is None or consultation is None:
        return  # called off or erased while the list was made
    if enquiry.messages.filter(kind__in=_OF_CONSULTATION, consultation=consultation).exists():
        return
    told_since = consultation.during.lower - ahead
    if enquiry.messages.filter(kind__in=_TELL_THE_TIME, created_at__gt=told_since).exists():
        return
    queue_message(enquiry, MessageKind.REMINDER_THERAPIST, consultation=consultation)
    if enquiry.contact.may_be_emailed:
        queue_message(enquiry, MessageKind.REMINDER_VISITOR, consultation=consultation)


def remind_of_offers() -> None:
    """Write to whoever has little of their time to answer left, in working time, and got the offer."""
    hours = settings.ENQUIRY_REMIND_HOURS_BEFORE_OFFER_ENDS
    if not 0 < hours < settings.ENQUIRY_OFFER_HOURS:
        return
    time = working_time()
    left = timedelta(hours=hours) / timedelta(days=1) * time.day
    now = timezone.now()
    reminded = OutgoingMessage.objects.filter(kind=MessageKind.OFFER_REMINDER, offer__isnull=False)
    waiting = Offer.objects.live().filter(expires_at__gt=now).exclude(pk__in=reminded.values("offer"))
    near = [offer.pk for offer in waiting if time.between(now, offer.expires_at) <= left]
    one_by_one(_remind_of_offer, near)


@transaction.atomic
def _remind_of_offer(offer_id: UUID) -> None:
    try:
        offer = locked_offer(offer_id)
    except OfferClosed:
        return
    letters = offer.enquiry.messages.filter(offer=offer)
    reached_them = letters.filter(kind=MessageKind.OFFER, state=SendingState.SENT).exists()
    if offer.is_open and reached_them and not letters.filter(kind=MessageKind.OFFER_REMINDER).exists():
        queue_message(offer.enquiry, MessageKind.OFFER_REMINDER, offer=offer)


def remind_of_diaries() -> None:
    """Write to whoever has not confirmed their diary for weeks, thrice at most; then somebody asks them."""
    settle_confirmed_diaries()
    settle_ended_pauses()
    today = timezone.localdate()
    published = TherapistPage.objects.published().exclude(private=None)
    unconfirmed = (
        Availability.objects.filter(therapist__in=published, places_per_four_weeks__gt=0)
        .filter(Q(confirmed_on=None) | Q(confirmed_on__lt=today - CONFIRMED_FOR))
        .exclude(paused_until__gt=today)
        .select_related("therapist")
    )
    for diary in unconfirmed:
        _remind_of_diary(diary.therapist, diary.confirmed_on or date.min, today)


@transaction.atomic
def _remind_of_diary(therapist: TherapistPage, confirmed_on: date, today: date) -> None:
    sent = DiaryReminder.objects.filter(therapist=therapist, sent_on__gt=confirmed_on)
    latest = sent.values_list("sent_on", flat=True).last()
    if latest and latest + BETWEEN_DIARY_REMINDERS > today:
        return
    if latest is None or sent.count() < MOST_DIARY_REMINDERS:
        _reminder, is_new = DiaryReminder.objects.get_or_create(therapist=therapist, sent_on=today)
        if is_new:
            queue_message(None, MessageKind.DIARY_REMINDER, therapist=therapist)
        return
    asked = DiaryTask.objects.filter(therapist=therapist, kind=DiaryTaskKind.UNCONFIRMED)
    if not asked.filter(created_at__date__gt=latest).exists():
        set_diary_task(therapist, DiaryTaskKind.UNCONFIRMED)


def forget_old_diary_reminders() -> None:
    """Delete what is older than a year, but for what still says that nobody is to be asked again."""
    a_year_ago = timezone.localdate() - timedelta(days=365)
    their_diary = Availability.objects.filter(therapist=OuterRef("therapist"))
    reminded = DiaryReminder.objects.filter(sent_on__lte=a_year_ago)
    reminded.exclude(Exists(their_diary.exclude(confirmed_on__gte=OuterRef("sent_on")))).delete()
    done = DiaryTask.objects.filter(done_at__date__lte=a_year_ago)
    unconfirmed = Exists(their_diary.exclude(confirmed_on__gte=OuterRef("created_at__date")))
    done.exclude(unconfirmed, kind=DiaryTaskKind.UNCONFIRMED).delete()
