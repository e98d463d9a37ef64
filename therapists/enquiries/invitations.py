"""An invitation that calendar programs read. It says when, and nothing of what for."""

from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vCalAddress

from therapists.enquiries.models import Consultation

CONTENT_TYPE = "text/calendar"


def invitation(consultation: Consultation) -> bytes:
    host = urlsplit(settings.BASE_URL).hostname or "localhost"
    event = Event()
    event.add("uid", f"{consultation.pk}@{host}")
    event.add("dtstamp", timezone.now())
    event.add("dtstart", consultation.during.lower)
    event.add("dtend", consultation.during.upper)
    event.add("summary", _("Conversation"))
    event.add("class", "PRIVATE")
    event.add("organizer", vCalAddress(f"mailto:{settings.DEFAULT_FROM_EMAIL}"))
    calendar = Calendar()
    calendar.add("prodid", "-//Practice//Consultations//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    return calendar.to_ical()
