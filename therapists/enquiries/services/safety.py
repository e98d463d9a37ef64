"""Erasing what may be about someone's safety: a named person reads it first, within a set time."""

from contextlib import suppress
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from wagtail.admin.utils import get_user_display_name

from therapists.enquiries.enums import State
from therapists.enquiries.models import DecisionKind, Enquiry, FollowUp, FollowUpKind
from therapists.enquiries.services.decisions import record_decision
from therapists.enquiries.services.lifecycle import may_move, withdraw
from therapists.enquiries.services.retention import OnLegalHold, erase


@transaction.atomic
def erase_or_wait(enquiry_id: UUID) -> datetime | None:
    """Erase at the sender's wish and return None, or return the latest moment where a person reads it first.

    Meanwhile the consent counts as taken back. Raise OnLegalHold where it may not be erased at all.
    """
    enquiry = Enquiry.objects.select_for_update(of=("self",)).filter(pk=enquiry_id).first()
    if enquiry is None or not enquiry.follow_ups.unread_for_safety().exists():
        erase(enquiry_id)
        return None
    if enquiry.legal_holds.filter(lifted_at=None).exists():
        raise OnLegalHold
    if enquiry.erasure_asked_at is None:
        if may_move(State(enquiry.state), State.WITHDRAWN):
            enquiry = withdraw(enquiry_id, tells_visitor=False)
        enquiry.erasure_asked_at = timezone.now()
        enquiry.save(update_fields=["erasure_asked_at"])
    return enquiry.erasure_due_at


@transaction.atomic
def erase_by_team(enquiry_id: UUID, by: User) -> None:
    """Erase for someone on the team, who has read it: it is open before them."""
    enquiry = Enquiry.objects.locked(enquiry_id)
    enquiry.follow_ups.unread_for_safety().update(done_at=timezone.now(), done_by=by)
    _erase(enquiry)


@transaction.atomic
def go_on_after_reading(enquiry_id: UUID) -> None:
    """Erase what its sender asked to erase, once a person has read it; withdrawn, it is no longer due."""
    enquiry = Enquiry.objects.locked(enquiry_id)
    if enquiry.follow_ups.unread_for_safety().exists():
        return
    if enquiry.erasure_asked_at:
        # On legal hold it waits until that is lifted.
        with suppress(OnLegalHold), transaction.atomic():
            _erase(enquiry)
    elif enquiry.state == State.WITHDRAWN:
        enquiry.deadline = None
        enquiry.save(update_fields=["deadline"])


def erase_what_waited() -> None:
    """Erase what was read, and what nobody read in its time, each in a transaction of its own."""
    unread = FollowUp.objects.unread_for_safety().filter(enquiry=OuterRef("pk"))
    longest = timedelta(hours=settings.ENQUIRY_SAFETY_READ_HOURS)
    over = Q(erasure_asked_at__lte=timezone.now() - longest)
    waiting = Enquiry.objects.exclude(erasure_asked_at=None).filter(over | ~Exists(unread))
    for key in list(waiting.values_list("pk", flat=True)):
        with suppress(OnLegalHold, Enquiry.DoesNotExist), transaction.atomic():
            _erase(Enquiry.objects.locked(key))


def _erase(enquiry: Enquiry) -> None:
    """Erase it, and keep who read it for its sender's safety, without a word of it."""
    readings = enquiry.follow_ups.filter(kind=FollowUpKind.READ_FOR_SAFETY)
    if readings.exists():
        reader = readings.exclude(done_by=None).select_related("done_by").order_by("done_at").last()
        read_by = get_user_display_name(reader.done_by) if reader and reader.done_by else ""
        kind = DecisionKind.ERASED_AFTER_READING if read_by else DecisionKind.ERASED_UNREAD
        record_decision(enquiry, kind, read_by)
    erase(enquiry.pk)
