"""What enquiries need though no foreign key of theirs leads to it, kept while they do."""

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Site

from core.deletion import Instead, keep_while_needed
from therapists.enquiries.models import Enquiry, Offer
from therapists.models import TherapistPrivate


def keep_what_enquiries_need() -> None:
    keep_while_needed(Site, _holds_settings, _change_site)
    keep_while_needed(TherapistPrivate, _leads_to_therapist, _change_private)


def _holds_settings(site: Site) -> bool:
    return site.is_default_site and Enquiry.objects.exists()


def _change_site(site: Site) -> Instead:
    words = _("It holds the settings of the practice. Change its address or its name instead.")
    return Instead(words, reverse("wagtailsites:edit", args=[site.pk]), _("The site"))


def _leads_to_therapist(private: TherapistPrivate) -> bool:
    """Return whether they are asked or are to meet somebody: it says how they are reached."""
    asked = Offer.objects.live().filter(therapist=private.therapist_id)
    expected = Enquiry.objects.active().filter(therapist=private.therapist_id)
    return asked.exists() or expected.exists()


def _change_private(private: TherapistPrivate) -> Instead:
    words = _("Change what it says instead, or say under Therapists → Who left that they have left.")
    return Instead(words, reverse("private-records:edit", args=[private.pk]), _("The private record"))
