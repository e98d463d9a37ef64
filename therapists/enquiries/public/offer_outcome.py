"""What became of an offer, for the therapist who opens its link again. Each has words of its own."""

from datetime import datetime, timedelta
from enum import StrEnum

from django.conf import settings
from django.utils import timezone

from therapists.enquiries.enums import State
from therapists.enquiries.models import Offer, OfferState
from therapists.enquiries.services.lifecycle import MAY_STILL_MEET


class OfferOutcome(StrEnum):
    OPEN = "open"
    SAID_YES = "said_yes"
    INTRODUCED = "introduced"
    SAID_NO = "said_no"
    STEPPED_BACK = "stepped_back"
    NOT_A_FIT = "not_a_fit"
    #: After a yes, not by the therapist.
    FELL_THROUGH = "fell_through"
    #: Before an answer.
    TAKEN_BACK = "taken_back"
    #: The e-mail about it came back.
    UNREACHED = "unreached"
    TOO_LATE = "too_late"

    @property
    def is_gone(self) -> bool:
        """Nothing is left of what the link was for."""
        return self in {
            OfferOutcome.FELL_THROUGH,
            OfferOutcome.TAKEN_BACK,
            OfferOutcome.UNREACHED,
            OfferOutcome.TOO_LATE,
        }


_OF_STATE = {
    OfferState.DECLINED: OfferOutcome.SAID_NO,
    OfferState.GAVE_BACK: OfferOutcome.STEPPED_BACK,
    OfferState.NOT_A_FIT: OfferOutcome.NOT_A_FIT,
    OfferState.EXPIRED: OfferOutcome.TOO_LATE,
    OfferState.UNREACHED: OfferOutcome.UNREACHED,
}


def outcome_of(offer: Offer) -> OfferOutcome:
    match OfferState(offer.state):
        case OfferState.LIVE:
            return OfferOutcome.OPEN if offer.is_open else OfferOutcome.TOO_LATE
        case OfferState.REVOKED:
            return OfferOutcome.FELL_THROUGH if offer.answered_at else OfferOutcome.TAKEN_BACK
        case OfferState.ACCEPTED:
            return _of_yes(offer)
        case state:
            return _OF_STATE[state]


def _of_yes(offer: Offer) -> OfferOutcome:
    enquiry = offer.enquiry
    if enquiry.erasure_asked_at:  # it waits for a reader; the consent is taken back
        return OfferOutcome.FELL_THROUGH
    if enquiry.therapist_id != offer.therapist_id or enquiry.state not in MAY_STILL_MEET:
        return OfferOutcome.FELL_THROUGH
    return OfferOutcome.SAID_YES if enquiry.state == State.ACCEPTED else OfferOutcome.INTRODUCED


def link_has_ended(offer: Offer, made_at: datetime) -> bool:
    """Return whether a link to an offer or an introduction that was made then opens nothing any more.

    It stays open while anything goes on, and for a grace time after that; so does a new link.
    """
    since = _over_since(offer)
    grace = timedelta(days=settings.ENQUIRY_LINK_GRACE_DAYS)
    return since is not None and max(since, made_at) + grace < timezone.now()


def _over_since(offer: Offer) -> datetime | None:
    """Return since when nothing goes on about it for its therapist; None while something does."""
    match outcome_of(offer):
        case OfferOutcome.OPEN | OfferOutcome.SAID_YES:
            return None
        case OfferOutcome.INTRODUCED:
            return offer.enquiry.state_since if offer.enquiry.state == State.STARTED else None
        case OfferOutcome.SAID_NO | OfferOutcome.TOO_LATE:
            return offer.answered_at or offer.expires_at
    # Its enquiry went another way, at the latest when it last moved.
    return offer.enquiry.state_since
