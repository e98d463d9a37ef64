"""Letters to the practice."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Site

from core.outbox import NotWanted
from home.models import PracticeSettings
from therapists.enquiries.mail.email_content import EmailContent, enquiry_of
from therapists.enquiries.models import OutgoingMessage


def practice_settings() -> PracticeSettings:
    """Return the practice in the active language: that of the letter."""
    return PracticeSettings.localized_for_site(Site.objects.get(is_default_site=True))


def practice_address() -> str:
    """Return where new enquiries are announced, or nothing."""
    return practice_settings().address_for_enquiries


def new_enquiry(message: OutgoingMessage) -> EmailContent:
    path = reverse("enquiries_admin:enquiry", args=[enquiry_of(message).pk])
    return EmailContent(
        to=practice_address(),
        subject=_("New enquiry"),
        template="new_enquiry",
        context={"link": settings.BASE_URL + path},
    )


def read_today(message: OutgoingMessage) -> EmailContent:
    """Ask for a safety check. Neither the subject nor the text says what it may be about."""
    if not enquiry_of(message).follow_ups.unread_for_safety().exists():
        raise NotWanted
    return _to_somebody(message, _("Please read today"), "read_today")


def late(message: OutgoingMessage) -> EmailContent:
    if not enquiry_of(message).is_late:
        raise NotWanted
    return _to_somebody(message, _("Something is late"), "late")


def _to_somebody(message: OutgoingMessage, subject: str, template: str) -> EmailContent:
    path = reverse("enquiries_admin:enquiry", args=[enquiry_of(message).pk])
    address = message.reader.email if message.reader and message.reader.is_active else ""
    return EmailContent(
        to=address or practice_address(),
        subject=subject,
        template=template,
        context={"link": settings.BASE_URL + path},
    )


def team_changed(message: OutgoingMessage) -> EmailContent:
    return EmailContent(
        to=practice_address(),
        subject=_("The Matching team has changed"),
        template="team_changed",
        context={"link": settings.BASE_URL + reverse("enquiries_admin:team")},
    )


def therapist_paused(message: OutgoingMessage) -> EmailContent:
    if message.therapist is None:
        raise NotWanted
    return EmailContent(
        to=practice_address(),
        subject=_("A therapist is not asked any more"),
        template="therapist_paused",
        context={
            "name": message.therapist.title,
            "link": settings.BASE_URL + reverse("diaries:index"),
        },
    )


def glass_broken(message: OutgoingMessage) -> EmailContent:
    """Tell that an administrator opened an enquiry. Who and why stands where only the team reads it."""
    return EmailContent(
        to=practice_address(),
        subject=_("An administrator opened an enquiry"),
        template="glass_broken",
        context={"link": settings.BASE_URL + reverse("enquiries_admin:team")},
    )


def trial(_message: OutgoingMessage) -> EmailContent:
    return EmailContent(to=practice_address(), subject=_("A test"), template="trial")
