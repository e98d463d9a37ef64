"""What keeps a therapist from being asked or introduced today. Only reads."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from therapists.models import Availability, TherapistPage, TherapistPrivate


class Lapse(TextChoices):
    """The labels are for the Matching team; `to_therapist` says the same to whom it concerns."""

    INSURANCE = "insurance", _("their insurance has run out, or is not on record")
    REGISTRATION = "registration", _("no registration of theirs is verified and in date")
    HIDDEN = "hidden", _("their profile is not public")
    PAUSED = "paused", _("they take no new clients at the moment")
    NO_ADDRESS = "no_address", _("there is no e-mail address for them")

    @property
    def to_therapist(self) -> str | Promise:
        return _TO_THERAPIST[self]


_TO_THERAPIST: dict[Lapse, str | Promise] = {
    Lapse.INSURANCE: _("Your insurance has run out, or we have no record of it."),
    Lapse.REGISTRATION: _("We have no registration of yours that is verified and in date."),
    Lapse.HIDDEN: _("Your profile is not public at the moment."),
    Lapse.PAUSED: _("Your diary says that you take no new clients at the moment."),
    Lapse.NO_ADDRESS: _("We have no e-mail address for offers to you."),
}


def lapses_of(therapists: Collection[TherapistPage]) -> dict[int, list[Lapse]]:
    """Return for each why they may not be asked or introduced today. A constant number of queries."""
    today = timezone.localdate()
    keys = [therapist.pk for therapist in therapists]
    pages = TherapistPage.objects.filter(pk__in=keys)
    registered = set(pages.registered(today).values_list("pk", flat=True))
    published = set(pages.published().values_list("pk", flat=True))
    private = {row.therapist_id: row for row in TherapistPrivate.objects.filter(therapist__in=keys)}
    diaries = {row.therapist_id: row for row in Availability.objects.filter(therapist__in=keys)}
    paused = {key for key, diary in diaries.items() if diary.is_paused(today)}
    return {key: list(_lapses(key, today, registered, published, private.get(key), paused)) for key in keys}


def _lapses(
    key: int,
    today: date,
    registered: set[int],
    published: set[int],
    private: TherapistPrivate | None,
    paused: set[int],
) -> Iterator[Lapse]:
    if private is None or private.insurance_expires_on is None or private.insurance_expires_on < today:
        yield Lapse.INSURANCE
    if key not in registered:
        yield Lapse.REGISTRATION
    elif key not in published:
        yield Lapse.HIDDEN
    if key in paused:
        yield Lapse.PAUSED
    if private is None or not private.offer_email:
        yield Lapse.NO_ADDRESS


def lapses(therapist: TherapistPage) -> list[Lapse]:
    """Return why they may not be asked or introduced today; empty where they may."""
    return lapses_of([therapist])[therapist.pk]


def in_words(found: Iterable[Lapse]) -> str:
    return "; ".join(str(lapse.label) for lapse in found)
