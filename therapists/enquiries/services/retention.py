"""How long an enquiry is kept, and erasing it: entirely, but for a count without the person."""

from contextlib import suppress
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from therapists.enquiries.enums import State
from therapists.enquiries.mail.queue import keep_for_therapists, tell_it_fell_through
from therapists.enquiries.models import (
    Consultation,
    Enquiry,
    LegalHold,
    OutcomeCount,
    OutgoingMessage,
    PurgeRun,
    StoredProposalRun,
    UnmetDemandCount,
)
from therapists.enquiries.reports.unmet_demand import UNMET, cells_of
from therapists.enquiries.services.consultations import call_off_before_erasing
from therapists.enquiries.services.decisions import forget_old_decisions
from therapists.enquiries.services.erasures import remember
from therapists.enquiries.services.lifecycle import PROMISED
from therapists.enquiries.services.reminders import forget_old_diary_reminders
from therapists.enquiries.services.silence import forget_old_silence

#: The setting that says how many days each ended state is kept.
_DAYS_AFTER = {
    State.NO_MATCH: "ENQUIRY_KEEP_DAYS_UNMATCHED",
    State.ALTERNATIVES: "ENQUIRY_KEEP_DAYS_UNMATCHED",
    State.WITHDRAWN: "ENQUIRY_KEEP_DAYS_UNMATCHED",
    State.CLOSED: "ENQUIRY_KEEP_DAYS_UNMATCHED",
    State.INTRODUCED: "ENQUIRY_KEEP_DAYS_INTRODUCED",
    State.CONSULTED: "ENQUIRY_KEEP_DAYS_INTRODUCED",
    State.STARTED: "ENQUIRY_KEEP_DAYS_INTRODUCED",
    State.NOT_STARTED: "ENQUIRY_KEEP_DAYS_INTRODUCED",
}


class OnLegalHold(Exception):
    """It may not be erased until the hold is lifted."""


def past_retention(now: datetime | None = None) -> QuerySet[Enquiry]:
    """Return what must be gone by now. A legal hold keeps it; nothing else does, no state included."""
    now = now or timezone.now()
    ended = Q(received_at__lt=now - timedelta(days=settings.ENQUIRY_KEEP_DAYS_AT_MOST))
    for state, setting in _DAYS_AFTER.items():
        ended |= Q(state=state, state_since__lt=now - timedelta(days=getattr(settings, setting)))
    return Enquiry.objects.filter(ended).exclude(legal_holds__in=LegalHold.objects.filter(lifted_at=None))


def place_hold(enquiry_id: UUID, reason: str, by: User) -> LegalHold:
    try:
        with transaction.atomic():
            return LegalHold.objects.create(enquiry_id=enquiry_id, reason=reason, placed_by=by)
    except IntegrityError:
        raise ValidationError(_("It is on hold already.")) from None


def lift_hold(enquiry_id: UUID, by: User) -> None:
    LegalHold.objects.filter(enquiry=enquiry_id, lifted_at=None).update(
        lifted_at=timezone.now(), lifted_by=by
    )


@transaction.atomic
def erase(enquiry_id: UUID, *, is_over: bool = False) -> None:
    """Erase an enquiry with all its rows, now, or raise OnLegalHold. One that is gone already is no error.

    Where it is not over, the therapist who said yes to it is told that it does not go on.
    """
    enquiry = Enquiry.objects.select_for_update(of=("self",)).filter(pk=enquiry_id).first()
    if enquiry is None:
        return
    if enquiry.legal_holds.filter(lifted_at=None).exists():
        raise OnLegalHold
    _count_outcome(enquiry)
    _count_unmet_demand(enquiry)
    is_told = call_off_before_erasing(enquiry)
    if enquiry.state in PROMISED and enquiry.therapist and not (is_told or is_over):
        tell_it_fell_through(enquiry, enquiry.therapist)
    keep_for_therapists(enquiry)
    remember(enquiry)
    enquiry.legal_holds.all().delete()
    enquiry.delete()


def _count_outcome(enquiry: Enquiry) -> None:
    count, _created = OutcomeCount.objects.get_or_create(
        month=timezone.localdate(enquiry.received_at).replace(day=1),
        state=enquiry.state,
        concern=enquiry.main_concern_name,
    )
    OutcomeCount.objects.filter(pk=count.pk).update(count=F("count") + 1)


def _count_unmet_demand(enquiry: Enquiry) -> None:
    if enquiry.state not in UNMET:
        return
    month = timezone.localdate(enquiry.received_at).replace(day=1)
    for concern, window, budget in cells_of(enquiry):
        count, _created = UnmetDemandCount.objects.get_or_create(
            month=month, concern=concern, window=window, budget=budget
        )
        UnmetDemandCount.objects.filter(pk=count.pk).update(count=F("count") + 1)


def purge() -> int:
    """Erase everything past its time, one transaction each: stopped midway, the rest goes next time."""
    keys = list(past_retention().values_list("pk", flat=True))
    for key in keys:
        # Held since the list was made.
        with suppress(OnLegalHold):
            erase(key, is_over=True)
    # Their enquiries were erased before, and their therapists have been told.
    Consultation.objects.filter(enquiry=None, during__endswith__lt=timezone.now()).delete()
    a_month_ago = timezone.now() - timedelta(days=30)
    OutgoingMessage.objects.filter(enquiry=None, created_at__lt=a_month_ago).delete()
    forget_old_decisions()
    forget_old_silence()
    forget_old_diary_reminders()
    # Every enquiry of it has been erased. That of today says that the morning's proposals were made.
    StoredProposalRun.objects.filter(proposals=None, as_of__lt=timezone.localdate()).delete()
    PurgeRun.objects.create(erased=len(keys))
    PurgeRun.objects.filter(finished_at__lt=a_month_ago).delete()
    return len(keys)
