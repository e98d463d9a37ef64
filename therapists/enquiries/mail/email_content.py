"""What the letters to different people share. None carries what someone wrote or came for."""

from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.dates_in_words import moment_in_words
from core.outbox import NotWanted
from therapists.enquiries.answers import time_zone_name
from therapists.enquiries.enums import State
from therapists.enquiries.models import Consultation, ConsultationState, Enquiry, OutgoingMessage, Side


@dataclass(frozen=True, repr=False)
class EmailContent:
    to: str
    subject: str
    #: Names `templates/emails/<template>.txt` and `.html`.
    template: str
    context: dict[str, object] = field(default_factory=dict)
    #: Its time goes along, as something that calendar programs read.
    consultation: Consultation | None = None
    is_to_therapist: bool = False


def enquiry_of(message: OutgoingMessage) -> Enquiry:
    if message.enquiry is None:
        raise NotWanted
    return message.enquiry


#: The subject and the template of an e-mail about a consultation, by the state of that.
_OF_CONSULTATION = {
    ConsultationState.CONFIRMED: (_("A time is set"), "consultation"),
    ConsultationState.CALLED_OFF: (_("A time is called off"), "called_off"),
}


def of_consultation(
    message: OutgoingMessage, state: ConsultationState, to: str, time_zone: str, said: dict[str, object]
) -> EmailContent:
    consultation = message.consultation
    if consultation is None or consultation.state != state:
        raise NotWanted
    subject, template = _OF_CONSULTATION[state]
    moves = state == ConsultationState.CALLED_OFF and has_new_times(consultation)
    context = {**said, **time_context(consultation, time_zone), "has_new_times": moves}
    return EmailContent(
        to, str(_("A new time is proposed") if moves else subject), template, context, consultation
    )


def has_new_times(consultation: Consultation) -> bool:
    """Return whether its therapist has proposed others, which may be chosen."""
    enquiry = consultation.enquiry
    return enquiry is not None and enquiry.consultations.proposed().exists()


def asked_about(message: OutgoingMessage, side: Side) -> Consultation:
    """Return the consultation that one of the two is asked about. Raise NotWanted where they have said."""
    consultation, enquiry = message.consultation, enquiry_of(message)
    if consultation is None or enquiry.state != State.INTRODUCED:
        raise NotWanted
    if enquiry.outcome_reports.filter(side=side, said_at__gte=consultation.during.upper).exists():
        raise NotWanted
    return consultation


def near(message: OutgoingMessage) -> Consultation:
    """Return what one of the two is reminded of. Raise NotWanted where it is called off or has begun."""
    consultation = message.consultation
    if consultation is None or consultation.state != ConsultationState.CONFIRMED:
        raise NotWanted
    if not consultation.is_to_come or enquiry_of(message).state != State.INTRODUCED:
        raise NotWanted
    return consultation


def time_context(consultation: Consultation, time_zone: str) -> dict[str, object]:
    return {
        "other_clock": _other_clock(consultation, time_zone),
        "starts": consultation.during.lower,
        "time_zone": time_zone,
        "time_zone_name": time_zone_name(time_zone),
    }


def _other_clock(consultation: Consultation, time_zone: str) -> str:
    """Return in a sentence how the two clocks differ then; empty where they do not.

    A visitor reads UK time beside their own, and a therapist what the visitor's clock shows. It is not said
    where that is: where somebody is belongs to their answers, which no letter carries.
    """
    theirs = ZoneInfo(consultation.enquiry.time_zone if consultation.enquiry else settings.TIME_ZONE)
    here = timezone.localtime(consultation.during.lower)
    there = here.astimezone(theirs)
    if there.utcoffset() == here.utcoffset():
        return ""
    if time_zone == settings.TIME_ZONE:
        return gettext("On their clock it is %(when)s then.") % {"when": moment_in_words(there)}
    return gettext("In the UK it is %(when)s then.") % {"when": moment_in_words(here)}
