"""Whom a matcher wants to ask, in order. Deciding otherwise than the ranking needs a reason."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from therapists.enquiries.enums import State
from therapists.enquiries.models import Enquiry, Override, ShortlistEntry
from therapists.enquiries.services.lifecycle import locked, move
from therapists.models import TherapistPage

LONGEST_SHORTLIST = 3


def suggested_order(enquiry: Enquiry) -> list[TherapistPage]:
    """The therapists of the latest run, best first, without those who have refused."""
    run = enquiry.suggestion_runs.first()
    if run is None:
        return []
    refused = set(enquiry.offers.refused().values_list("therapist", flat=True))
    suggestions = run.suggestions.select_related("therapist")
    return [row.therapist for row in suggestions if row.therapist_id not in refused]


@transaction.atomic
def set_shortlist(
    enquiry_id: UUID, therapists: Sequence[TherapistPage], *, by: User, reason: str = ""
) -> Enquiry:
    """Replace the shortlist; a reason is needed where it does not begin as the ranking does."""
    enquiry = locked(enquiry_id)
    keys = [therapist.pk for therapist in therapists]
    if not keys or len(set(keys)) != len(keys) or len(keys) > LONGEST_SHORTLIST:
        raise ValidationError(_("Choose between one and three therapists, each once."))
    if enquiry.offers.refused().filter(therapist__in=keys).exists():
        raise ValidationError(_("One of them has already said no to this enquiry."))
    suggested = [therapist.pk for therapist in suggested_order(enquiry)]
    if keys != suggested[: len(keys)]:
        if not reason.strip():
            raise ValidationError(_("Say why this differs from the suggestions."))
        Override.objects.create(enquiry=enquiry, made_by=by, reason=reason)
    enquiry.shortlist.all().delete()
    ShortlistEntry.objects.bulk_create(
        ShortlistEntry(enquiry=enquiry, position=position, therapist_id=key)
        for position, key in enumerate(keys)
    )
    if enquiry.state != State.SHORTLISTED:
        return move(enquiry.pk, State.SHORTLISTED, by=by)
    return enquiry
