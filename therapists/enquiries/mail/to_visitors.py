"""Letters to visitors. Each leads to their private page, which says what there is to say."""

from django.utils.translation import gettext as _
from wagtail.models import Site

from therapists.enquiries import signed_links as links
from therapists.enquiries.mail.email_content import (
    EmailContent,
    asked_about,
    enquiry_of,
    has_new_times,
    near,
    of_consultation,
    time_context,
)
from therapists.enquiries.models import ConsultationState, Enquiry, OutgoingMessage, Side
from therapists.enquiries.reports.reply_time import reply_promise
from therapists.enquiries.ways_to_talk import way_to_talk


def _to_visitor(enquiry: Enquiry) -> str:
    """The visitor's address, where they said that writing is safe."""
    contact = enquiry.contact
    return contact.email if contact.may_be_emailed else ""


def _status_link(enquiry: Enquiry) -> str:
    return links.address(links.Purpose.STATUS, enquiry.pk)


def acknowledgement(message: OutgoingMessage) -> EmailContent:
    enquiry = enquiry_of(message)
    return EmailContent(
        to=_to_visitor(enquiry),
        subject=_("We have your message"),
        template="acknowledgement",
        context={
            "link": _status_link(enquiry),
            "reply_promise": reply_promise(Site.objects.get(is_default_site=True)),
        },
    )


def update(message: OutgoingMessage) -> EmailContent:
    enquiry = enquiry_of(message)
    return EmailContent(
        to=_to_visitor(enquiry),
        subject=_("There is news"),
        template="update",
        context={"link": _status_link(enquiry)},
    )


def consultation(message: OutgoingMessage, state: ConsultationState) -> EmailContent:
    enquiry = enquiry_of(message)
    said: dict[str, object] = {
        "link": _status_link(enquiry),
        "action": _("See what comes next on your private page"),
    }
    if message.consultation and has_new_times(message.consultation):
        said["action"] = _("Choose a time on your private page")
    if message.consultation:
        way = way_to_talk(enquiry, message.consultation.therapist)
        said |= {"how": way.to_visitor, "terms": way.terms}
    return of_consultation(message, state, _to_visitor(enquiry), enquiry.time_zone, said)


def what_became(message: OutgoingMessage) -> EmailContent:
    consultation, enquiry = asked_about(message, Side.VISITOR), enquiry_of(message)
    context = {"link": _status_link(enquiry), **time_context(consultation, enquiry.time_zone)}
    return EmailContent(_to_visitor(enquiry), _("How did it go?"), "what_became", context)


def reminder(message: OutgoingMessage) -> EmailContent:
    consultation, enquiry = near(message), enquiry_of(message)
    way = way_to_talk(enquiry, consultation.therapist)
    said = {"link": _status_link(enquiry), "how": way.to_visitor, "terms": way.terms}
    context = {**said, **time_context(consultation, enquiry.time_zone)}
    return EmailContent(_to_visitor(enquiry), _("A conversation is near"), "reminder", context)
