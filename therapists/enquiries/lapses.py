"""What keeps a therapist from being asked or introduced today. Only reads."""

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from therapists.models import TherapistPage, TherapistPrivate


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


def lapses(therapist: TherapistPage) -> list[Lapse]:
    """Return why they may not be asked or introduced today; empty where they may."""
    today = timezone.localdate()
    private = TherapistPrivate.objects.filter(therapist=therapist).first()
    availability = getattr(therapist, "availability", None)
    page = TherapistPage.objects.filter(pk=therapist.pk)
    found = []
    if private is None or private.insurance_expires_on is None or private.insurance_expires_on < today:
        found.append(Lapse.INSURANCE)
    if not page.registered(today).exists():
        found.append(Lapse.REGISTRATION)
    elif not page.published().exists():
        found.append(Lapse.HIDDEN)
    if availability is not None and availability.is_paused(today):
        found.append(Lapse.PAUSED)
    if private is None or not private.offer_email:
        found.append(Lapse.NO_ADDRESS)
    return found


def can_be_asked(therapist: TherapistPage) -> bool:
    return not lapses(therapist)
