"""Letters to therapists. Who they may be introduced to is read on the page that each leads to."""

from dataclasses import replace

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from core.outbox import NotWanted
from therapists.enquiries import signed_links as links
from therapists.enquiries.enums import State
from therapists.enquiries.lapses import lapses
from therapists.enquiries.mail.email_content import (
    EmailContent,
    asked_about,
    enquiry_of,
    has_new_times,
    near,
    of_consultation,
    time_context,
)
from therapists.enquiries.models import (
    Consultation,
    ConsultationState,
    Offer,
    OfferState,
    OutgoingMessage,
    Side,
    UnansweredOffer,
)
from therapists.enquiries.ways_to_talk import way_to_talk
from therapists.enums import PausedBy
from therapists.models import Availability, TherapistPage, TherapistPrivate


def _to_therapist(therapist: TherapistPage) -> str:
    return (
        TherapistPrivate.objects.filter(therapist=therapist).values_list("offer_email", flat=True).first()
        or ""
    )


def _own_page(therapist: TherapistPage) -> str:
    private = TherapistPrivate.objects.select_related("therapist").filter(therapist=therapist).first()
    return links.therapist_address(private) if private else ""


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
            "own_page": _own_page(offer.therapist),
            "until": offer.expires_at,
        },
        is_to_therapist=True,
    )


def offer_reminder(message: OutgoingMessage) -> EmailContent:
    return replace(offer_made(message), subject=_("Your answer is still missing"), template="offer_reminder")


def diary_reminder(message: OutgoingMessage) -> EmailContent:
    """Not wanted any more where they confirmed it meanwhile, or are paused."""
    diary = Availability.objects.filter(therapist=message.therapist).first()
    today = timezone.localdate()
    if message.therapist is None or diary is None or diary.is_confirmed(today) or diary.is_paused(today):
        raise NotWanted
    said = {"confirmed_on": diary.confirmed_on}
    return _about_their_page(message.therapist, _("Is your diary right?"), "diary_reminder", said)


def own_page(message: OutgoingMessage) -> EmailContent:
    if message.therapist is None:
        raise NotWanted
    return _about_their_page(message.therapist, _("Your own page"), "own_page")


def new_link(message: OutgoingMessage) -> EmailContent:
    """Instead of a link to an offer, or to the introduction that came of it, which has ended."""
    offer = message.offer
    if offer is None:
        raise NotWanted
    context = {"name": offer.therapist.title, "link": links.address(links.Purpose.OFFER, offer.pk)}
    to = _to_therapist(offer.therapist)
    return EmailContent(to, _("Your new link"), "new_link", context, is_to_therapist=True)


def unanswered(message: OutgoingMessage) -> EmailContent:
    """After two offers in a row. Not wanted any more where they answered, or are paused."""
    therapist = _still_without_an_answer(message)
    return _about_their_page(therapist, _("Is all well?"), "unanswered")


def _still_without_an_answer(message: OutgoingMessage) -> TherapistPage:
    if message.therapist is None or not UnansweredOffer.objects.in_a_row(message.therapist).exists():
        raise NotWanted
    return message.therapist


def paused(message: OutgoingMessage) -> EmailContent:
    """After three offers in a row."""
    diary = Availability.objects.filter(therapist=message.therapist, paused_by=PausedBy.SILENCE).first()
    if message.therapist is None or diary is None or not diary.is_paused(timezone.localdate()):
        raise NotWanted
    until = {"until": diary.paused_until}
    return _about_their_page(message.therapist, _("We do not ask you for now"), "paused", until)


def _about_their_page(
    therapist: TherapistPage, subject: str, template: str, said: dict[str, object] | None = None
) -> EmailContent:
    context = {"name": therapist.title, "own_page": _own_page(therapist), **(said or {})}
    return EmailContent(_to_therapist(therapist), subject, template, context, is_to_therapist=True)


def proposal_taken(message: OutgoingMessage) -> EmailContent:
    return _outcome(message, _("Your profile is changed"), "proposal_taken")


def proposal_changed(message: OutgoingMessage) -> EmailContent:
    return _outcome(message, _("Your profile is changed"), "proposal_changed")


def proposal_declined(message: OutgoingMessage) -> EmailContent:
    """With the sentence of whoever read it: it is about a public page, and nobody's confidence."""
    return _outcome(message, _("About the change of your profile"), "proposal_declined")


def _outcome(message: OutgoingMessage, subject: str, template: str) -> EmailContent:
    task = message.diary_task
    if task is None:
        raise NotWanted
    profile = task.therapist.full_url if task.therapist.live else ""
    said: dict[str, object] = {"proposed_at": task.created_at, "answer": task.answer, "profile": profile}
    return _about_their_page(task.therapist, subject, template, said)


def question_answered(message: OutgoingMessage) -> EmailContent:
    offer = message.offer
    if offer is None or not offer.is_open:
        raise NotWanted
    return EmailContent(
        to=_to_therapist(offer.therapist),
        subject=_("We answered your question"),
        template="question_answered",
        context={"link": links.address(links.Purpose.OFFER, offer.pk), "until": offer.expires_at},
        is_to_therapist=True,
    )


def yes_confirmed(message: OutgoingMessage) -> EmailContent:
    offer = message.offer
    if offer is None or offer.state != OfferState.ACCEPTED or offer.enquiry.state != State.ACCEPTED:
        raise NotWanted
    held = offer.enquiry.consultations.held().first()
    return EmailContent(
        to=_to_therapist(offer.therapist),
        subject=_("We have your yes"),
        template="yes_confirmed",
        context={
            "name": offer.therapist.title,
            "link": links.address(links.Purpose.OFFER, offer.pk),
            "own_page": _own_page(offer.therapist),
            **(time_context(held, settings.TIME_ZONE) if held else {}),
            "lapses": [lapse.to_therapist for lapse in lapses(offer.therapist)],
        },
        is_to_therapist=True,
    )


def fell_through(message: OutgoingMessage) -> EmailContent:
    if message.therapist is None:
        raise NotWanted
    return EmailContent(
        to=_to_therapist(message.therapist),
        subject=_("This does not go on"),
        template="fell_through",
        is_to_therapist=True,
    )


def introduction(message: OutgoingMessage) -> EmailContent:
    offer = message.offer
    enquiry = enquiry_of(message)
    if offer is None or offer.state != OfferState.ACCEPTED or enquiry.therapist != offer.therapist:
        raise NotWanted
    agreed = enquiry.consultations.confirmed().to_come().first()
    way = way_to_talk(enquiry, offer.therapist)
    return EmailContent(
        to=_to_therapist(offer.therapist),
        subject=_("An introduction"),
        template="introduction",
        context={
            "link": links.address(links.Purpose.INTRODUCTION, offer.pk),
            "own_page": _own_page(offer.therapist),
            "how": way.to_therapist,
            "terms": way.terms,
            **(time_context(agreed, settings.TIME_ZONE) if agreed else {}),
        },
        consultation=agreed,
        is_to_therapist=True,
    )


def contact_changed(message: OutgoingMessage) -> EmailContent:
    offer, enquiry = message.offer, enquiry_of(message)
    if offer is None or offer.state != OfferState.ACCEPTED or enquiry.therapist != offer.therapist:
        raise NotWanted
    return EmailContent(
        to=_to_therapist(offer.therapist),
        subject=_("They can be reached otherwise now"),
        template="contact_changed",
        context={"link": links.address(links.Purpose.INTRODUCTION, offer.pk)},
        is_to_therapist=True,
    )


def consultation(message: OutgoingMessage, state: ConsultationState) -> EmailContent:
    consultation = message.consultation
    if consultation is None:
        raise NotWanted
    said: dict[str, object] = {
        "link": _introduction_link(consultation),
        "action": _("Please propose other times"),
    }
    if has_new_times(consultation):
        said["action"] = _("See the times that you proposed")
    if consultation.enquiry:
        way = way_to_talk(consultation.enquiry, consultation.therapist)
        said |= {"how": way.to_therapist, "terms": way.terms}
    to = _to_therapist(consultation.therapist)
    letter = of_consultation(message, state, to, settings.TIME_ZONE, said)
    return replace(letter, is_to_therapist=True)


def reminder(message: OutgoingMessage) -> EmailContent:
    consultation, enquiry = near(message), enquiry_of(message)
    way = way_to_talk(enquiry, consultation.therapist)
    context = {"link": _introduction_link(consultation), "how": way.to_therapist, "terms": way.terms}
    return EmailContent(
        to=_to_therapist(consultation.therapist),
        subject=_("A conversation is near"),
        template="reminder",
        context=context | time_context(consultation, settings.TIME_ZONE),
        is_to_therapist=True,
    )


def running_late(message: OutgoingMessage) -> EmailContent:
    consultation = message.consultation
    if consultation is None or consultation.state != ConsultationState.CONFIRMED or consultation.is_over:
        raise NotWanted
    return EmailContent(
        to=_to_therapist(consultation.therapist),
        subject=_("They are running late"),
        template="running_late",
        context={
            "link": _introduction_link(consultation),
            **time_context(consultation, settings.TIME_ZONE),
        },
        is_to_therapist=True,
    )


def what_became(message: OutgoingMessage) -> EmailContent:
    consultation = asked_about(message, Side.THERAPIST)
    context = {"link": _introduction_link(consultation), **time_context(consultation, settings.TIME_ZONE)}
    to = _to_therapist(consultation.therapist)
    return EmailContent(to, _("How did it go?"), "what_became", context, is_to_therapist=True)
