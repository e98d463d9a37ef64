"""New links for therapists whose old ones have ended."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from therapists.enquiries.mail.queue import queue_message
from therapists.enquiries.models import MessageKind, MessageQuerySet, OutgoingMessage
from therapists.enquiries.services.offers import OfferClosed, locked_offer
from therapists.models import TherapistPage, TherapistPrivate

#: However often somebody asks, one letter goes out in this time.
ONE_IN = timedelta(hours=1)


@transaction.atomic
def send_own_page(therapist: TherapistPage) -> bool:
    """E-mail a therapist the address of their own page. Return False where that was done lately."""
    TherapistPrivate.objects.select_for_update(of=("self",)).filter(therapist=therapist).first()
    if _lately(MessageKind.OWN_PAGE).filter(therapist=therapist).exists():
        return False
    queue_message(None, MessageKind.OWN_PAGE, therapist=therapist)
    return True


@transaction.atomic
def send_offer_link(offer_id: UUID) -> None:
    """E-mail a therapist a new link to an offer or its introduction, unless that was done lately.

    Nothing where its enquiry has just been erased.
    """
    try:
        offer = locked_offer(offer_id)
    except OfferClosed:
        return
    if not _lately(MessageKind.NEW_LINK).filter(offer=offer).exists():
        queue_message(offer.enquiry, MessageKind.NEW_LINK, offer=offer)


def _lately(kind: MessageKind) -> MessageQuerySet:
    return OutgoingMessage.objects.filter(kind=kind, created_at__gt=timezone.now() - ONE_IN)
