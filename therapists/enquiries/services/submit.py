"""How an enquiry comes in: all of it is stored, with the e-mails to send, or none of it."""

import hashlib

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from therapists.enquiries.answers import MOST_PREFERRED_TIMES, NewEnquiry, SuggestionRun
from therapists.enquiries.enums import State
from therapists.enquiries.mail.queue import queue_message
from therapists.enquiries.models import (
    Enquiry,
    FollowUp,
    FollowUpKind,
    MessageKind,
    StoredSuggestion,
    StoredSuggestionRun,
)
from therapists.enquiries.services.lifecycle import enter
from therapists.enquiries.services.references import new_reference
from therapists.enquiries.services.safety import mentions_risk
from therapists.enquiries.services.storing import replace_preferred_times, set_columns, set_rows
from therapists.models import TherapistPage


class SentOtherwise(Exception):
    """The key was used before, for an enquiry that says something else."""


class AlreadySent(Exception):
    """This opening of the form has made its enquiry, under another key."""


def receive_enquiry(new: NewEnquiry) -> Enquiry:
    """Store a new enquiry and queue its e-mails in one transaction.

    The same idempotency key and content again, even at the same moment, give back the first enquiry. Raises
    ValidationError where an answer cannot be stored; the form has told the visitor before.
    """
    if known := _sent_before(new):
        return known
    _refuse_unfit(new)
    try:
        with transaction.atomic():
            return _store(new)
    except IntegrityError:
        # The other of two clicks was faster.
        twin = _sent_before(new)
        if twin is None:
            raise
        return twin


def _sent_before(new: NewEnquiry) -> Enquiry | None:
    # In one query: of two, each would see its own moment, and a double click could slip in between.
    with_a_key = Q(idempotency_key=new.idempotency_key) | Q(draw_key=new.draw_key)
    found = {enquiry.idempotency_key: enquiry for enquiry in Enquiry.objects.filter(with_a_key)}
    known = found.get(new.idempotency_key)
    if known is None and found:
        raise AlreadySent
    if known is not None and not _says_the_same(known, new):
        raise SentOtherwise
    return known


def _says_the_same(known: Enquiry, new: NewEnquiry) -> bool:
    """Compared with what is stored and sealed: a fingerprint of it would be one more thing to guard."""
    return (
        known.answers() == new.answers
        and known.contact == new.contact
        and known.free_text == new.free_text
        and set(known.preferred_times.values_list("starts", flat=True)) == set(new.preferred_times)
        and known.consent_version == new.consent.version
        and known.chosen_therapist_id == new.chosen_therapist
    )


def _refuse_unfit(new: NewEnquiry) -> None:
    if not new.contact.email and not new.contact.phone:
        raise ValidationError(_("Give an e-mail address or a phone number."))
    if new.contact.email:
        validate_email(new.contact.email)
    if not new.consent.text:
        raise ValidationError(_("There is no consent."))
    if len(new.preferred_times) > MOST_PREFERRED_TIMES:
        raise ValidationError(_("Choose at most three times."))


def _store(new: NewEnquiry) -> Enquiry:
    enquiry = Enquiry(
        reference=new_reference(),
        idempotency_key=new.idempotency_key,
        draw_key=new.draw_key,
        consent_version=new.consent.version,
        consent_hash=hashlib.sha256(new.consent.text.encode()).hexdigest(),
        consented_at=timezone.now(),
        chosen_therapist=_chosen(new.chosen_therapist),
    )
    set_columns(enquiry, new.answers)
    enquiry.contact = new.contact
    enquiry.free_text = new.free_text
    may_be_at_risk = mentions_risk(_own_words(new))
    enter(enquiry, State.SAFETY_HOLD if may_be_at_risk else State.RECEIVED)
    enquiry.save(force_insert=True)
    set_rows(enquiry, new.answers, is_new=True)
    replace_preferred_times(enquiry, new.preferred_times)
    if new.suggestions:
        store_suggestions(enquiry, new.suggestions)
    if may_be_at_risk:
        FollowUp.objects.create(enquiry=enquiry, kind=FollowUpKind.READ_FOR_SAFETY)
    queue_message(enquiry, MessageKind.NEW_ENQUIRY)
    if new.contact.may_be_emailed:
        queue_message(enquiry, MessageKind.ACKNOWLEDGEMENT)
    else:
        FollowUp.objects.create(enquiry=enquiry, kind=FollowUpKind.NOT_SAFE_TO_EMAIL)
    return enquiry


def _chosen(key: int | None) -> TherapistPage | None:
    return TherapistPage.objects.published().filter(pk=key).first() if key else None


def _own_words(new: NewEnquiry) -> str:
    extra = [answer for _question, answer in new.free_text.extra_answers]
    return "\n".join([new.free_text.message, new.contact.contact_notes, *extra])


def store_suggestions(enquiry: Enquiry, run: SuggestionRun) -> StoredSuggestionRun:
    """Keep a run of the ranking beside the enquiry that it was made for."""
    stored = StoredSuggestionRun.objects.create(
        enquiry=enquiry,
        weights_version=run.weights_version,
        as_of=run.as_of,
        inputs_hash=run.inputs_hash,
        inputs=dict(run.inputs),
        rung=run.rung,
        excluded=dict(run.excluded),
    )
    StoredSuggestion.objects.bulk_create(
        StoredSuggestion(
            run=stored,
            position=position,
            therapist_id=suggestion.therapist,
            score=suggestion.score,
            contributions=dict(suggestion.contributions),
            reasons=[str(reason) for reason in suggestion.reasons],
            cautions=[str(caution) for caution in suggestion.cautions],
            matcher_note=suggestion.matcher_note,
        )
        for position, suggestion in enumerate(run.suggestions)
    )
    return stored
