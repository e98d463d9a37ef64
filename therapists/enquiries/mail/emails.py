"""What each e-mail says. It carries a link and a reference, and never what someone wrote or came for."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Site

from core.outbox import NotWanted
from home.models import PracticeSettings
from therapists.enquiries import signed_links as links
from therapists.enquiries.describing import time_zone_name
from therapists.enquiries.mail import invitations
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
class EmailContent:
    to: str
    subject: str
    #: Names `templates/emails/<template>.txt` and `.html`.
    template: str
    context: dict[str, object] = field(default_factory=dict)
    #: Its time goes along, as something that calendar programs read.
    consultation: Consultation | None = None


def compose(message: OutgoingMessage) -> EmailMultiAlternatives:
    """The e-mail of a message, the same at every attempt, its Message-ID included."""
    content = _CONTENTS[MessageKind(message.kind)](message)
    if not content.to:
        raise NoAddress
    reference = message.enquiry.reference if message.enquiry else ""
    context = {"practice": practice_settings(), "reference": reference, **content.context}
    email = EmailMultiAlternatives(
        subject=f"{content.subject} ({reference})" if reference else content.subject,
        body=render_to_string(f"emails/{content.template}.txt", context),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[content.to],
        headers={
            "Message-ID": f"<{message.pk}@{urlsplit(settings.BASE_URL).hostname or 'localhost'}>",
            "Auto-Submitted": "auto-generated",
        },
    )
    email.attach_alternative(
        render_to_string(f"emails/{content.template}.html", context | {"subject": content.subject}),
        "text/html",
    )
    if content.consultation:
        _add_to_calendar(email, content.consultation, content.to)
    return email


def _add_to_calendar(email: EmailMultiAlternatives, consultation: Consultation, reader: str) -> None:
    """Add an invitation as a part, which mail programs act upon, and as a file for those that do not."""
    content = invitations.invitation(consultation, reader)
    content_type = f"{invitations.CONTENT_TYPE}; method={invitations.method(consultation)}"
    email.attach_alternative(content.decode(), content_type)
    email.attach("conversation.ics", content, invitations.CONTENT_TYPE)


def practice_settings() -> PracticeSettings:
    return PracticeSettings.for_site(Site.objects.get(is_default_site=True))


def _enquiry(message: OutgoingMessage) -> Enquiry:
    if message.enquiry is None:
        raise NotWanted
    return message.enquiry


def practice_address() -> str:
    """Return where new enquiries are announced, or nothing."""
    practice = practice_settings()
    return practice.enquiries_email or practice.contact_email


def _to_visitor(enquiry: Enquiry) -> str:
    """The visitor's address, where they said that writing is safe."""
    contact = enquiry.contact
    return contact.email if contact.may_be_emailed else ""


def _to_therapist(therapist: TherapistPage) -> str:
    return (
        TherapistPrivate.objects.filter(therapist=therapist).values_list("offer_email", flat=True).first()
        or ""
    )


def _status_link(enquiry: Enquiry) -> str:
    return links.address(links.Purpose.STATUS, enquiry.pk)


def _introduction_link(consultation: Consultation) -> str:
    """Where its therapist reads of the visitor; empty where that is no longer for them to read."""
    enquiry = consultation.enquiry
    if enquiry is None or enquiry.therapist_id != consultation.therapist_id:
        return ""
    offers = Offer.objects.filter(
        enquiry=enquiry, therapist=consultation.therapist_id, state=OfferState.ACCEPTED
    )
    return links.address(links.Purpose.INTRODUCTION, offers.latest("made_at").pk)


def _new_enquiry(message: OutgoingMessage) -> EmailContent:
    path = reverse("enquiries_admin:enquiry", args=[_enquiry(message).pk])
    return EmailContent(
        to=practice_address(),
        subject=_("New enquiry"),
        template="new_enquiry",
        context={"link": settings.BASE_URL + path},
    )


def _team_changed(message: OutgoingMessage) -> EmailContent:
    return EmailContent(
        to=practice_address(),
        subject=_("The Matching team has changed"),
        template="team_changed",
        context={"link": settings.BASE_URL + reverse("enquiries_admin:team")},
    )


def _trial(_message: OutgoingMessage) -> EmailContent:
    return EmailContent(to=practice_address(), subject=_("A test"), template="trial")


def _acknowledgement(message: OutgoingMessage) -> EmailContent:
    enquiry = _enquiry(message)
    return EmailContent(
        to=_to_visitor(enquiry),
        subject=_("We have your message"),
        template="acknowledgement",
        context={"link": _status_link(enquiry)},
    )


def _update(message: OutgoingMessage) -> EmailContent:
    enquiry = _enquiry(message)
    return EmailContent(
        to=_to_visitor(enquiry),
        subject=_("There is news"),
        template="update",
        context={"link": _status_link(enquiry)},
    )


def _offer(message: OutgoingMessage) -> EmailContent:
    offer = message.offer
    if offer is None or not offer.is_open:
        raise NotWanted
    return EmailContent(
        to=_to_therapist(offer.therapist),
        subject=_("Can you help?"),
        template="offer",
        context={"link": links.address(links.Purpose.OFFER, offer.pk), "until": offer.expires_at},
    )


def _introduction(message: OutgoingMessage) -> EmailContent:
    offer = message.offer
    enquiry = _enquiry(message)
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


#: The subject and the template of an e-mail about a consultation, by the state of that.
_OF_CONSULTATION = {
    ConsultationState.CONFIRMED: (gettext_lazy("A time is set"), "consultation"),
    ConsultationState.CALLED_OFF: (gettext_lazy("A time is called off"), "called_off"),
}


def _consultation_for_visitor(message: OutgoingMessage, state: ConsultationState) -> EmailContent:
    enquiry = _enquiry(message)
    said = {"link": _status_link(enquiry), "action": _("See what comes next on your private page")}
    return _of_consultation(message, state, _to_visitor(enquiry), enquiry.time_zone, said)


def _consultation_for_therapist(message: OutgoingMessage, state: ConsultationState) -> EmailContent:
    consultation = message.consultation
    if consultation is None:
        raise NotWanted
    said = {"link": _introduction_link(consultation), "action": _("Please propose other times")}
    return _of_consultation(message, state, _to_therapist(consultation.therapist), settings.TIME_ZONE, said)


def _of_consultation(
    message: OutgoingMessage, state: ConsultationState, to: str, time_zone: str, said: dict[str, str]
) -> EmailContent:
    consultation = message.consultation
    if consultation is None or consultation.state != state:
        raise NotWanted
    subject, template = _OF_CONSULTATION[state]
    time = {
        "starts": consultation.during.lower,
        "time_zone": time_zone,
        "time_zone_name": time_zone_name(time_zone),
    }
    return EmailContent(to, str(subject), template, {**said, **time}, consultation)


_CONTENTS: dict[MessageKind, Callable[[OutgoingMessage], EmailContent]] = {
    MessageKind.NEW_ENQUIRY: _new_enquiry,
    MessageKind.TEAM_CHANGED: _team_changed,
    MessageKind.TRIAL: _trial,
    MessageKind.ACKNOWLEDGEMENT: _acknowledgement,
    MessageKind.UPDATE: _update,
    MessageKind.OFFER: _offer,
    MessageKind.INTRODUCTION: _introduction,
    MessageKind.CONSULTATION_VISITOR: partial(_consultation_for_visitor, state=ConsultationState.CONFIRMED),
    MessageKind.CONSULTATION_THERAPIST: partial(
        _consultation_for_therapist, state=ConsultationState.CONFIRMED
    ),
    MessageKind.CALLED_OFF_VISITOR: partial(_consultation_for_visitor, state=ConsultationState.CALLED_OFF),
    MessageKind.CALLED_OFF_THERAPIST: partial(
        _consultation_for_therapist, state=ConsultationState.CALLED_OFF
    ),
}
