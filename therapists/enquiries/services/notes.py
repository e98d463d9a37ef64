"""What the Matching team writes: notes for itself, replies to the visitor, and that a task is done."""

from uuid import UUID

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from therapists.enquiries.mail.queue import notify_visitor
from therapists.enquiries.models import Enquiry, FollowUp, Note, Reply
from therapists.enquiries.services.safety import go_on_after_reading


def write_note(enquiry_id: UUID, text: str, by: User) -> Note:
    return Note.objects.create(enquiry_id=enquiry_id, text=text, written_by=by)


@transaction.atomic
def write_reply(enquiry_id: UUID, text: str, by: User) -> Reply:
    """Show a person's answer on the visitor's own page; the e-mail says only that there is news."""
    enquiry = Enquiry.objects.locked(enquiry_id)
    reply = Reply.objects.create(enquiry=enquiry, text=text, written_by=by)
    if enquiry.first_reply_at is None:
        enquiry.first_reply_at = reply.written_at
        enquiry.save(update_fields=["first_reply_at"])
    notify_visitor(enquiry)
    return reply


@transaction.atomic
def finish_task(enquiry_id: UUID | None, task_id: int, by: User) -> None:
    # Before its rows, as whoever moves or erases it does.
    if enquiry_id:
        Enquiry.objects.select_for_update(of=("self",)).filter(pk=enquiry_id).first()
    tasks = FollowUp.objects.filter(enquiry=enquiry_id, pk=task_id, done_at=None)
    if not tasks.update(done_at=timezone.now(), done_by=by):
        raise ValidationError(_("This task was done already."))
    if enquiry_id:
        go_on_after_reading(enquiry_id)
