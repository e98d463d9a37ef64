"""For the readiness check: whether what visitors are invited to send would reach somebody."""

from therapists.enquiries.access.team import reaches_somebody
from therapists.enquiries.reach import address_is_refused, has_been_open
from therapists.matching.models import MatchingPage


def enquiries_reach_nobody() -> bool:
    """Return whether a practice that has been open lacks its team or its address.

    Before the first enquiry the form was never open: the first steps say what is missing.
    """
    if not MatchingPage.objects.live().exists():
        return False
    return address_is_refused() or (not reaches_somebody() and has_been_open())
