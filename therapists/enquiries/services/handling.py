"""The small things that a matcher does to an enquiry."""

from uuid import UUID

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from therapists.enquiries.access.roles import may_handle
from therapists.enquiries.mail.queue import notify_visitor
from therapists.enquiries.models import FollowUp, LegalHold, Note, Reply
from therapists.enquiries.services.lifecycle import locked


@transaction.atomic
def assign(enquiry_id: UUID, owner: User) -> None:
    if not may_handle(owner):
        raise ValidationError(_("Only someone on the Matching team can own an enquiry."))
    enquiry = locked(enquiry_id)
    enquiry.owner = owner
    enquiry.save(update_fields=["owner"])


def write_note(enquiry_id: UUID, text: str, by: User) -> Note:
    return Note.objects.create(enquiry_id=enquiry_id, text=text, written_by=by)


@transaction.atomic
def write_to_visitor(enquiry_id: UUID, text: str, by: User) -> Reply:
    """A person's answer, on the visitor's own page; the e-mail says only that there is news."""
    enquiry = locked(enquiry_id)
    reply = Reply.objects.create(enquiry=enquiry, text=text, written_by=by)
    if enquiry.first_reply_at is None:
        enquiry.first_reply_at = reply.written_at
        enquiry.save(update_fields=["first_reply_at"])
    notify_visitor(enquiry)
    return reply


def finish_task(enquiry_id: UUID | None, task_id: int, by: User) -> None:
    tasks = FollowUp.objects.filter(enquiry=enquiry_id, pk=task_id, done_at=None)
    if not tasks.update(done_at=timezone.now(), done_by=by):
        raise ValidationError(_("This task was done already."))


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
