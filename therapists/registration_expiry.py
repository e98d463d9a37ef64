"""Who is about to disappear from the site because a registration ends, and who has."""

from dataclasses import dataclass
from datetime import date, timedelta

from therapists.models import TherapistPage

WARNED_BEFORE = timedelta(days=30)


@dataclass(frozen=True)
class RegistrationWatch:
    lapsed: list[TherapistPage]
    lapsing: list[TherapistPage]


def watch_registrations(on: date) -> RegistrationWatch:
    """Published profiles only: a draft is not missed by anyone."""
    published = TherapistPage.objects.live().with_registration_end().order_by("registered_until", "title")
    return RegistrationWatch(
        lapsed=list(published.unregistered(on)),
        lapsing=list(published.registered(on).filter(registered_until__lte=on + WARNED_BEFORE)),
    )
