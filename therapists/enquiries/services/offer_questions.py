"""What a therapist asks before they answer an offer, and what the matcher tells them."""

from uuid import UUID

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from therapists.enquiries.mail.queue import queue_message
from therapists.enquiries.models import Enquiry, FollowUpKind, MessageKind, OfferQuestion
from therapists.enquiries.services.offers import locked_offer

MOST_QUESTIONS = 5


@transaction.atomic
def ask(offer_id: UUID, question: str) -> OfferQuestion:
    """Keep a question for the matcher, with a task. Raise ValidationError where no more can be asked."""
    offer = locked_offer(offer_id)
    if not offer.is_open or offer.questions.count() >= MOST_QUESTIONS:
        raise ValidationError(_("Nothing more can be asked here. Please write to us or call."))
    offer.enquiry.follow_ups.get_or_create(kind=FollowUpKind.QUESTION, done_at=None)
    return OfferQuestion.objects.create(offer=offer, question=question)


@transaction.atomic
def answer_question(enquiry_id: UUID, question_id: UUID, answer: str, by: User) -> None:
    """Tell the therapist on the page of the offer, and by e-mail that there is an answer."""
    enquiry = Enquiry.objects.locked(enquiry_id)
    question = OfferQuestion.objects.get(pk=question_id, offer__enquiry=enquiry)
    if question.answered_at:
        raise ValidationError(_("This was answered already."))
    question.answer, question.answered_at, question.answered_by = answer, timezone.now(), by
    question.save(update_fields=["answer", "answered_at", "answered_by"])
    queue_message(enquiry, MessageKind.QUESTION_ANSWERED, offer=question.offer)
    if not open_questions(enquiry).exists():
        tasks = enquiry.follow_ups.filter(kind=FollowUpKind.QUESTION, done_at=None)
        tasks.update(done_at=timezone.now(), done_by=by)


def open_questions(enquiry: Enquiry) -> QuerySet[OfferQuestion]:
    return OfferQuestion.objects.filter(offer__enquiry=enquiry, answered_at=None)
