"""What those who keep profiles look after: insurance that runs out, and diaries that nobody confirmed."""

from django.contrib.auth.models import User
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from core.admin.waiting_panel import MOST_NAMED, Waiting, register_waiting
from therapists.models import Availability, TherapistPrivate
from therapists.models.availability import CONFIRMED_FOR
from therapists.registration_panel import WARNED_BEFORE


@register_waiting(40)
def insurance(person: User) -> Waiting | None:
    """Name whose insurance has run out, soon will, or is not known. Of those who left, nobody asks."""
    if not person.has_perm("therapists.change_therapistprivate"):
        return None
    soon = timezone.localdate() + WARNED_BEFORE
    due = Q(insurance_expires_on__lte=soon) | Q(insurance_expires_on=None)
    records = TherapistPrivate.objects.filter(due, therapist__live=True).select_related("therapist")
    count = records.count()
    if not count:
        return None
    words = ngettext("%(count)s insurance to ask for", "%(count)s insurances to ask for", count)
    first = tuple(
        (str(record.therapist), reverse("private-records:edit", args=[record.pk]))
        for record in records.order_by("insurance_expires_on")[:MOST_NAMED]
    )
    return Waiting(words % {"count": count}, reverse("private-records:index"), first)


@register_waiting(50)
def diaries(person: User) -> Waiting | None:
    if not person.has_perm("therapists.change_availability"):
        return None
    old = Q(confirmed_on__lt=timezone.localdate() - CONFIRMED_FOR) | Q(confirmed_on=None)
    due = Availability.objects.filter(old, therapist__live=True).select_related("therapist")
    count = due.count()
    if not count:
        return None
    words = ngettext(
        "%(count)s diary was not confirmed for three weeks",
        "%(count)s diaries were not confirmed for three weeks",
        count,
    )
    first = tuple(
        (str(diary), reverse("diaries:edit", args=[diary.pk]))
        for diary in due.order_by("confirmed_on")[:MOST_NAMED]
    )
    return Waiting(words % {"count": count}, reverse("diaries:index"), first)
