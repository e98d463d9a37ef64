"""Letters to therapists. Who they may be introduced to is read on the page that each leads to."""

from django.conf import settings
from django.utils.translation import gettext as _

from core.outbox import NotWanted
from therapists.enquiries import signed_links as links
from therapists.enquiries.lapses import lapses
from therapists.enquiries.mail.email_content import EmailContent, enquiry_of, of_consultation
from therapists.enquiries.models import Consultation, ConsultationState, Offer, OfferState, OutgoingMessage
from therapists.models import TherapistPage, TherapistPrivate


def _to_therapist(therapist: TherapistPage) -> str:
    return (
        TherapistPrivate.objects.filter(therapist=therapist).values_list("offer_email", flat=True).first()
        or ""
    )


def _introduction_link(consultation: Consultation) -> str:
    """Where its therapist reads of the visitor; empty where that is no longer for them to read."""
    enquiry = consultation.enquiry
    if enquiry is None or enquiry.therapist_id != consultation.therapist_id:
        return ""
    offers = Offer.objects.filter(
        enquiry=enquiry, therapist=consultation.therapist_id, state=OfferState.ACCEPTED
    )
    return links.address(links.Purpose.INTRODUCTION, offers.latest("made_at").pk)


def offer_made(message: OutgoingMessage) -> EmailContent:
    offer = message.offer
    if offer is None or not offer.is_open:
        raise NotWanted
    return EmailContent(
        to=_to_therapist(offer.therapist),
        subject=_("Can you help?"),
        template="offer",
        context={
            "name": offer.therapist.title,
            "link": links.address(links.Purpose.OFFER, offer.pk),
            "until": offer.expires_at,
        },
    )


def question_answered(message: OutgoingMessage) -> EmailContent:
    offer = message.offer
    if offer is None or not offer.is_open:
        raise NotWanted
    return EmailContent(
        to=_to_therapist(offer.therapist),
        subject=_("We answered your question"),
        template="question_answered",
        context={"link": links.address(links.Purpose.OFFER, offer.pk), "until": offer.expires_at},
    )


def yes_confirmed(message: OutgoingMessage) -> EmailContent:
    offer = message.offer
    if offer is None or offer.state != OfferState.ACCEPTED:
        raise NotWanted
    return EmailContent(
        to=_to_therapist(offer.therapist),
        subject=_("We have your yes"),
        template="yes_confirmed",
        context={
            "name": offer.therapist.title,
            "link": links.address(links.Purpose.OFFER, offer.pk),
            "held": offer.enquiry.consultations.held().first(),
            "lapses": [lapse.to_therapist for lapse in lapses(offer.therapist)],
        },
    )


def fell_through(message: OutgoingMessage) -> EmailContent:
    if message.therapist is None:
        raise NotWanted
    return EmailContent(
        to=_to_therapist(message.therapist), subject=_("This does not go on"), template="fell_through"
    )


def introduction(message: OutgoingMessage) -> EmailContent:
    offer = message.offer
    enquiry = enquiry_of(message)
    if offer is None or offer.state != OfferState.ACCEPTED or enquiry.therapist != offer.therapist:
        raise NotWanted
    return EmailContent(
        to=_to_therapist(offer.therapist),
        subject=_("An introduction"),
        template="introduction",
        context={
            "link": links.address(links.Purpose.INTRODUCTION, offer.pk),
            "has_time": enquiry.consultations.confirmed().exists(),
        },
    )


def consultation(message: OutgoingMessage, state: ConsultationState) -> EmailContent:
    consultation = message.consultation
    if consultation is None:
        raise NotWanted
    said = {"link": _introduction_link(consultation), "action": _("Please propose other times")}
    return of_consultation(message, state, _to_therapist(consultation.therapist), settings.TIME_ZONE, said)
