"""Offers that end by themselves: not answered in time, or never received. The next is asked."""

from contextlib import suppress
from uuid import UUID

from django.db import transaction

from core.outbox import SendingState
from therapists.enquiries.enums import State
from therapists.enquiries.models import MailFault, MessageKind, Offer, OfferState, OutgoingMessage
from therapists.enquiries.services.lifecycle import move
from therapists.enquiries.services.offers import OfferClosed, close_offer, locked_offer, offer_to_next
from therapists.enquiries.services.silence import forget_unreached, note_unanswered


def expire_overdue() -> int:
    """Close what was not answered in time and ask the next, each in a transaction of its own."""
    keys = list(Offer.objects.overdue().values_list("pk", flat=True))
    for key in keys:
        # Erased while the list was made.
        with suppress(OfferClosed):
            _expire(key)
    return len(keys)


def end_undeliverable() -> int:
    """End what cannot be answered because its e-mail came back, and ask the next. Return how many.

    One that had expired by then is no silence of its therapist.
    """
    failed = OutgoingMessage.objects.filter(
        kind=MessageKind.OFFER, state=SendingState.FAILED, fault=MailFault.RECIPIENT
    )
    unreached = Offer.objects.filter(pk__in=failed.values("offer"))
    keys = list(unreached.live().values_list("pk", flat=True))
    for key in keys:
        with suppress(OfferClosed):
            _expire(key, OfferState.UNREACHED)
    for key in list(unreached.filter(state=OfferState.EXPIRED).values_list("pk", flat=True)):
        _say_it_was_unreached(key)
    return len(keys)


@transaction.atomic
def _expire(offer_id: UUID, state: OfferState = OfferState.EXPIRED) -> None:
    offer = locked_offer(offer_id)
    if offer.state != OfferState.LIVE:
        # Answered while the list was made.
        return
    close_offer(offer, state)
    if state == OfferState.EXPIRED:
        note_unanswered(offer)
    move(offer.enquiry_id, State.SHORTLISTED)
    offer_to_next(offer.enquiry_id)


@transaction.atomic
def _say_it_was_unreached(offer_id: UUID) -> None:
    offer = locked_offer(offer_id)
    if offer.state == OfferState.EXPIRED:
        offer.state = OfferState.UNREACHED
        offer.save(update_fields=["state"])
        forget_unreached(offer)
