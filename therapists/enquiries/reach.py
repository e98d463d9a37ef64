"""What keeps enquiries from reaching somebody, for those who can put it right."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Site

from core.outbox import SendingState
from home.models import PracticeSettings
from therapists.enquiries.access.team import SMALLEST_TEAM, team_members
from therapists.enquiries.models import TO_PRACTICE, Enquiry, MailFault, OutcomeCount, OutgoingMessage


@dataclass(frozen=True, slots=True)
class Lack:
    """What the practice lacks, in a sentence, and the page of the admin where it is put right."""

    words: str
    address: str
    link: str


def who_is_missing() -> list[Lack]:
    """Return what keeps enquiries from reaching somebody; nothing where the form may be open."""
    lacks = []
    if team_members()[:SMALLEST_TEAM].count() < SMALLEST_TEAM:
        words = _("The Matching team has fewer than two people who can sign in.")
        lacks.append(Lack(words, reverse("wagtailusers_users:index"), _("Accounts")))
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        words = _("No site is the default one, so nobody knows where new enquiries are announced.")
        lacks.append(Lack(words, reverse("wagtailsites:index"), _("Sites")))
    elif not PracticeSettings.for_site(site).address_for_enquiries:
        words = _("There is no address where new enquiries are announced.")
        kind = (PracticeSettings._meta.app_label, PracticeSettings._meta.model_name)
        lacks.append(Lack(words, reverse("wagtailsettings:edit", args=[*kind, site.pk]), _("Practice")))
    return lacks


def address_is_refused() -> bool:
    """Return whether the practice's own address took no e-mail when one was last sent to it."""
    tried = OutgoingMessage.objects.filter(
        kind__in=TO_PRACTICE, reader=None, state__in=[SendingState.SENT, SendingState.FAILED]
    )
    latest = tried.order_by("created_at").last()
    return latest is not None and latest.fault == MailFault.RECIPIENT and latest.state == SendingState.FAILED


def has_been_open() -> bool:
    """Return whether anybody has sent an enquiry yet. Of those that were erased, counts are left."""
    return Enquiry.objects.exists() or OutcomeCount.objects.exists()
