"""Invitations that calendar programs read. They say when, and nothing of what for.

A request and not a publication (RFC 5546): calendar programs follow an update or a cancellation only of
what came as a request. Each reader is the one attendee of their copy, so that neither learns the address
of the other from it, and has accepted already, so that nobody is asked for a reply.
"""

from datetime import timedelta
from email.utils import parseaddr
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event, vCalAddress

from therapists.enquiries.models import Consultation, ConsultationState
from therapists.enquiries.ways_to_talk import way_to_talk

CONTENT_TYPE = "text/calendar"
REMINDED_BEFORE = timedelta(minutes=30)


def method(consultation: Consultation) -> str:
    return "CANCEL" if consultation.state == ConsultationState.CALLED_OFF else "REQUEST"


def address_uri(address: str) -> str:
    """Return an address as a URI (RFC 6068), an international domain as what the network calls it."""
    local, _at, domain = address.rpartition("@")
    return f"mailto:{quote(local)}@{domain.encode('idna').decode()}"


def _alarm() -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _("Conversation"))
    alarm.add("trigger", -REMINDED_BEFORE)
    return alarm


def invitation(consultation: Consultation, reader: str, *, is_therapist: bool) -> bytes:
    """Return a calendar file of a consultation that is to come or called off.

    Another time is a consultation of its own.
    """
    is_off = consultation.state == ConsultationState.CALLED_OFF
    host = urlsplit(settings.BASE_URL).hostname or "localhost"
    attendee = vCalAddress(address_uri(reader))
    attendee.params.update({"PARTSTAT": "ACCEPTED", "ROLE": "REQ-PARTICIPANT", "RSVP": "FALSE"})
    event = Event()
    event.add("uid", f"{consultation.pk}@{host}")
    event.add("sequence", 1 if is_off else 0)
    event.add("status", "CANCELLED" if is_off else "CONFIRMED")
    event.add("dtstamp", timezone.now())
    event.add("dtstart", consultation.during.lower)
    event.add("dtend", consultation.during.upper)
    event.add("summary", _("Conversation"))
    event.add("class", "PRIVATE")
    if consultation.enquiry and not is_off:
        way = way_to_talk(consultation.enquiry, consultation.therapist)
        event.add("description", f"{way.to_therapist if is_therapist else way.to_visitor}\n{way.terms}")
        if way.place:
            event.add("location", way.place)
        event.add_component(_alarm())
    event.add("organizer", vCalAddress(address_uri(parseaddr(settings.DEFAULT_FROM_EMAIL)[1])))
    event.add("attendee", attendee, encode=False)
    calendar = Calendar()
    calendar.add("prodid", "-//Practice//Consultations//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method(consultation))
    calendar.add_component(event)
    return calendar.to_ical()
