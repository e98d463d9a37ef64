"""The pages behind signed links: enquiries at each of the points where someone is sent one."""

from datetime import datetime, timedelta

from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone

from tests.factories.enquiries import NewEnquiryFactory
from therapies.models import ConcernPage
from therapists.enquiries.answers import FreeText
from therapists.enquiries.enums import State
from therapists.enquiries.lapses import lapses
from therapists.enquiries.models import Enquiry, Offer
from therapists.enquiries.services.consultations import propose
from therapists.enquiries.services.lifecycle import move
from therapists.enquiries.services.offers import accept, offer_to_next, release, set_shortlist
from therapists.enquiries.services.submit import receive_enquiry
from therapists.enquiries.signed_links import Purpose, therapist_token, token
from therapists.models import TherapistPage


def make_private_pages() -> dict[str, str]:
    """The address of each, by a name."""
    offer = _offered()
    introduced = _introduced()
    agreed = _agreed()
    return {
        "status": _address(Purpose.STATUS, offer.enquiry),
        "status-times-proposed": _address(Purpose.STATUS, introduced.enquiry),
        "status-time-set": _address(Purpose.STATUS, agreed.enquiry),
        **{
            f"change-{key}": reverse("matching:change", args=[token(Purpose.STATUS, offer.enquiry_id), key])
            for key in ("reach", "week")
        },
        "offer": _address(Purpose.OFFER, offer),
        "introduction": _address(Purpose.INTRODUCTION, introduced),
        "introduction-time-set": _address(Purpose.INTRODUCTION, agreed),
        "therapist": reverse("enquiries:therapist", args=[therapist_token(offer.therapist.private)]),
        "therapist-profile": reverse(
            "enquiries:therapist_profile", args=[therapist_token(offer.therapist.private)]
        ),
        "erased": reverse("enquiries:erased"),
    }


def _offered() -> Offer:
    matcher = get_user_model().objects.get(username="matcher")
    enquiry = receive_enquiry(
        NewEnquiryFactory(
            answers__concerns=(ConcernPage.objects.get(slug="depression").pk,),
            free_text=FreeText(message="It has been a hard year.", may_be_shared=True),
            preferred_times=(_in_days(8), _in_days(9)),
        )
    )
    therapist = next(one for one in TherapistPage.objects.published() if not lapses(one))
    move(enquiry.pk, State.REVIEW, by=matcher)
    set_shortlist(enquiry.pk, [therapist], by=matcher, reason="They know the concern well.")
    return offer_to_next(enquiry.pk, by=matcher)


def _introduced() -> Offer:
    """Introduced, with two times to choose from."""
    offer = _offered()
    accept(offer.pk)
    release(offer.enquiry_id, by=get_user_model().objects.get(username="matcher"))
    propose(offer.enquiry_id, [_in_days(1), _in_days(2)])
    return offer


def _agreed() -> Offer:
    """Introduced, with the time that the therapist confirmed."""
    offer = _offered()
    accept(offer.pk, _in_days(9))
    release(offer.enquiry_id, by=get_user_model().objects.get(username="matcher"))
    return offer


def _in_days(days: int) -> datetime:
    return timezone.now().replace(minute=0, second=0, microsecond=0) + timedelta(days=days)


def _address(purpose: Purpose, row: Enquiry | Offer) -> str:
    return reverse(f"enquiries:{purpose}", args=[token(purpose, row.pk)])
