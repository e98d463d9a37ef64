"""What the therapists of a site ask for a session, made from the profiles that visitors can read."""

from collections.abc import Sequence

from django.db.models import Count, Max, Min, Q
from django.db.models.functions import Coalesce
from wagtail.models import Site

from core.caching.content_memory import remembered
from core.languages import pages_of
from home.fee_figures import GroupFees
from therapists.enums import ClientGroup
from therapists.models import ClientGroupFee, TherapistPage


@remembered
def fees_asked(site: Site) -> Sequence[GroupFees]:
    """Return the figures for each kind of client. A person counts once, in however many languages."""
    therapists = pages_of(site, TherapistPage.objects.published())
    person = Coalesce("therapist__alias_of__translation_key", "therapist__translation_key")
    found = {
        row["group"]: row
        for row in ClientGroupFee.objects.filter(therapist__in=therapists.values("pk"))
        .order_by()
        .values("group")
        .annotate(
            therapists=Count(person, distinct=True),
            lowest=Min("fee"),
            highest=Max("fee"),
            with_reduced_fee=Count(person, distinct=True, filter=Q(reduced_fee__isnull=False)),
            lowest_reduced=Min("reduced_fee"),
            shortest_minutes=Min("session_minutes"),
            longest_minutes=Max("session_minutes"),
        )
    }
    return [
        GroupFees(label=str(group.label), **found[group.value])
        for group in ClientGroup
        if group.value in found
    ]
