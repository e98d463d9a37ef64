"""How two people talk for the first time: the place or the link, who rings whom, how long, and for free.

The words name nobody and no therapy, so that a letter and a calendar may carry them.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from therapists.enquiries.models import Enquiry
from therapists.enums import SessionFormat
from therapists.models import TherapistPage, TherapistPrivate

#: What both can do comes first in this order.
_IN_ORDER = [SessionFormat.VIDEO, SessionFormat.PHONE, SessionFormat.IN_PERSON, SessionFormat.TEXT]


@dataclass(frozen=True)
class WayToTalk:
    to_visitor: str
    to_therapist: str
    #: A link or a place, for a calendar.
    place: str
    #: How long it takes, and that it is free.
    terms: str


def way_to_talk(enquiry: Enquiry, therapist: TherapistPage) -> WayToTalk:
    private = TherapistPrivate.objects.filter(therapist=therapist).first() or TherapistPrivate()
    to_visitor, to_therapist, place = _words(
        _format(enquiry, therapist, private), enquiry, therapist, private
    )
    terms = _("It takes about %(minutes)s minutes and is free.") % {"minutes": therapist.consultation_minutes}
    return WayToTalk(to_visitor, to_therapist, place, terms)


def _format(enquiry: Enquiry, therapist: TherapistPage, private: TherapistPrivate) -> SessionFormat | None:
    """Return what both can do; video without a link to meet at comes last."""
    both = [
        way for way in _IN_ORDER if way in therapist.formats and way in (enquiry.formats or therapist.formats)
    ]
    if not private.meeting_link and both[:1] == [SessionFormat.VIDEO]:
        both = [*both[1:], SessionFormat.VIDEO]
    return both[0] if both else None


def _words(
    way: SessionFormat | None, enquiry: Enquiry, therapist: TherapistPage, private: TherapistPrivate
) -> tuple[str, str, str]:
    """Return the words to the visitor, the words to the therapist, and the place."""
    link, phone = private.meeting_link, private.phone
    if way == SessionFormat.VIDEO and link:
        return (
            _("You talk by video. At that time, open %(link)s") % {"link": link},
            _("You talk by video, at your link %(link)s") % {"link": link},
            link,
        )
    if way == SessionFormat.PHONE and enquiry.contact.phone:
        return (
            _("You talk by phone. You are rung on the number that you gave us."),
            _("You talk by phone. You ring them: the number is on the page of the introduction."),
            _("By phone"),
        )
    if way == SessionFormat.PHONE and phone:
        return (
            _("You talk by phone. At that time, ring %(phone)s") % {"phone": phone},
            _("You talk by phone. They ring you on %(phone)s") % {"phone": phone},
            _("By phone"),
        )
    if way == SessionFormat.IN_PERSON and therapist.location:
        return (
            _("You meet in person, in %(town)s. You hear the address beforehand.")
            % {"town": therapist.location},
            _("You meet in person, in %(town)s. Please tell them the address beforehand.")
            % {"town": therapist.location},
            therapist.location,
        )
    return (
        _("You hear beforehand how you will talk."),
        _("Please tell them beforehand how you will talk: no link or number of yours is on record."),
        "",
    )
