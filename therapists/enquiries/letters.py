"""What each e-mail says. It carries a link and a reference, and never what someone wrote or came for."""

from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Site

from home.models import PracticeSettings
from home.outbox import NotWanted
from therapists.enquiries import invitations, links
from therapists.enquiries.describing import time_zone_name
from therapists.enquiries.models import (
    Consultation,
    ConsultationState,
    Enquiry,
    MessageKind,
    Offer,
    OfferState,
    OutgoingMessage,
)
from therapists.models import TherapistPage, TherapistPrivate


class NoAddress(Exception):
    """There is nowhere to send it."""


@dataclass(frozen=True, repr=False)
class Letter:
    to: str
    subject: str
    #: Names `templates/emails/<template>.txt` and `.html`.
    template: str
    context: dict[str, object] = field(default_factory=dict)
    invitation: bytes | None = None


def compose(message: OutgoingMessage) -> EmailMultiAlternatives:
    """The e-mail of a message, the same at every attempt, its Message-ID included."""
    practice = practice_settings()
    letter = _LETTERS[MessageKind(message.kind)](message, practice)
    if not letter.to:
        raise NoAddress
    context = {"practice": practice, "reference": message.enquiry.reference, **letter.context}
    email = EmailMultiAlternatives(
        subject=letter.subject,
        body=render_to_string(f"emails/{letter.template}.txt", context),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[letter.to],
        headers={
            "Message-ID": f"<{message.pk}@{urlsplit(settings.BASE_URL).hostname or 'localhost'}>",
            "Auto-Submitted": "auto-generated",
        },
    )
    email.attach_alternative(
        render_to_string(f"emails/{letter.template}.html", context | {"subject": letter.subject}),
        "text/html",
    )
    if letter.invitation:
        email.attach("conversation.ics", letter.invitation, invitations.CONTENT_TYPE)
    return email


def practice_settings() -> PracticeSettings:
    return PracticeSettings.for_site(Site.objects.get(is_default_site=True))


def _to_visitor(enquiry: Enquiry) -> str:
    """The visitor's address, where they said that writing is safe."""
    contact = enquiry.contact
    return contact.email if contact.safe_to_email else ""


def _new_enquiry(message: OutgoingMessage, practice: PracticeSettings) -> Letter:
    path = reverse("enquiries_admin:enquiry", args=[message.enquiry_id])
    return Letter(
        to=practice.enquiries_email or practice.contact_email,
        subject=_("New enquiry %(reference)s") % {"reference": message.enquiry.reference},
        template="new_enquiry",
        context={"link": settings.BASE_URL + path},
    )


def _acknowledgement(message: OutgoingMessage, practice: PracticeSettings) -> Letter:
    return Letter(
        to=_to_visitor(message.enquiry),
        subject=_("We have your message (%(reference)s)") % {"reference": message.enquiry.reference},
        template="acknowledgement",
        context={"link": links.address(links.Purpose.STATUS, message.enquiry_id)},
    )


def _update(message: OutgoingMessage, practice: PracticeSettings) -> Letter:
    return Letter(
        to=_to_visitor(message.enquiry),
        subject=_("There is news (%(reference)s)") % {"reference": message.enquiry.reference},
        template="update",
        context={"link": links.address(links.Purpose.STATUS, message.enquiry_id)},
    )


def _to_therapist(therapist: TherapistPage) -> str:
    return (
        TherapistPrivate.objects.filter(therapist=therapist).values_list("offer_email", flat=True).first()
        or ""
    )


def _offer(message: OutgoingMessage, practice: PracticeSettings) -> Letter:
    offer = message.offer
    if offer is None or not offer.is_open:
        raise NotWanted
    return Letter(
        to=_to_therapist(offer.therapist),
        subject=_("Can you help? (%(reference)s)") % {"reference": message.enquiry.reference},
        template="offer",
        context={"link": links.address(links.Purpose.OFFER, offer.pk), "until": offer.expires_at},
    )


def _introduction(message: OutgoingMessage, practice: PracticeSettings) -> Letter:
    offer = message.offer
    if offer is None or offer.state != OfferState.ACCEPTED or message.enquiry.therapist != offer.therapist:
        raise NotWanted
    return Letter(
        to=_to_therapist(offer.therapist),
        subject=_("An introduction (%(reference)s)") % {"reference": message.enquiry.reference},
        template="introduction",
        context={"link": links.address(links.Purpose.INTRODUCTION, offer.pk)},
    )


def _confirmed(message: OutgoingMessage) -> Consultation:
    consultation = message.consultation
    if consultation is None or consultation.state != ConsultationState.CONFIRMED:
        raise NotWanted
    return consultation


def _consultation_for_visitor(message: OutgoingMessage, practice: PracticeSettings) -> Letter:
    consultation = _confirmed(message)
    return Letter(
        to=_to_visitor(message.enquiry),
        subject=_("A time is set (%(reference)s)") % {"reference": message.enquiry.reference},
        template="consultation",
        context={
            "link": links.address(links.Purpose.STATUS, message.enquiry_id),
            "starts": consultation.during.lower,
            "time_zone": message.enquiry.time_zone,
            "time_zone_name": time_zone_name(message.enquiry.time_zone),
        },
        invitation=invitations.invitation(consultation),
    )


def _consultation_for_therapist(message: OutgoingMessage, practice: PracticeSettings) -> Letter:
    consultation = _confirmed(message)
    offer = Offer.objects.filter(
        enquiry=message.enquiry, therapist=consultation.therapist, state=OfferState.ACCEPTED
    ).latest("made_at")
    return Letter(
        to=_to_therapist(consultation.therapist),
        subject=_("A time is set (%(reference)s)") % {"reference": message.enquiry.reference},
        template="consultation",
        context={
            "link": links.address(links.Purpose.INTRODUCTION, offer.pk),
            "starts": consultation.during.lower,
            "time_zone": settings.TIME_ZONE,
            "time_zone_name": time_zone_name(settings.TIME_ZONE),
        },
        invitation=invitations.invitation(consultation),
    )


_LETTERS: dict[MessageKind, Callable[[OutgoingMessage, PracticeSettings], Letter]] = {
    MessageKind.NEW_ENQUIRY: _new_enquiry,
    MessageKind.ACKNOWLEDGEMENT: _acknowledgement,
    MessageKind.UPDATE: _update,
    MessageKind.OFFER: _offer,
    MessageKind.INTRODUCTION: _introduction,
    MessageKind.CONSULTATION_VISITOR: _consultation_for_visitor,
    MessageKind.CONSULTATION_THERAPIST: _consultation_for_therapist,
}
