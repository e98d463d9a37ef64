"""Store a new enquiry: all of it, with the e-mails to send, or none of it."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from home.urgent_words import urgent_groups
from therapists.enquiries.answers import (
    ANSWERS,
    MOST_PREFERRED_TIMES,
    EnquiryAnswers,
    NewEnquiry,
    SuggestionRun,
)
from therapists.enquiries.enums import State
from therapists.enquiries.mail.queue import queue_message
from therapists.enquiries.models import (
    Enquiry,
    FollowUp,
    FollowUpKind,
    MessageKind,
    PreferredTime,
    StoredSuggestion,
    StoredSuggestionRun,
)
from therapists.enquiries.services.lateness import ask_to_read
from therapists.enquiries.services.lifecycle import enter
from therapists.models import TherapistPage

#: Of a reference: without letters and digits that are mistaken for one another.
LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


class SentOtherwise(Exception):
    """The key was used before, for an enquiry that says something else."""


class NobodyToReceive(Exception):
    """The practice takes no enquiries now: nobody would hear of one. Nothing was stored."""


class AlreadySent(Exception):
    """This opening of the form has made its enquiry, under another key."""


def receive_enquiry(new: NewEnquiry) -> Enquiry:
    """Store a new enquiry and queue its e-mails in one transaction.

    The same idempotency key and content again, even at the same moment, give back the first enquiry. Raise
    SentOtherwise where the key has made another one, AlreadySent where the draw key has, and
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
    """Compare with what is stored and sealed: a fingerprint of it would be one more thing to guard."""
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
        chosen_therapist=published_choice(new.chosen_therapist),
        language=new.language,
    )
    set_columns(enquiry, new.answers)
    enquiry.contact = new.contact
    enquiry.free_text = new.free_text
    may_be_at_risk = bool(urgent_groups(_own_words(new)))
    enter(enquiry, State.SAFETY_HOLD if may_be_at_risk else State.RECEIVED)
    enquiry.save(force_insert=True)
    set_rows(enquiry, new.answers)
    replace_preferred_times(enquiry, new.preferred_times)
    if new.suggestions:
        store_suggestions(enquiry, new.suggestions)
    if may_be_at_risk:
        FollowUp.objects.create(enquiry=enquiry, kind=FollowUpKind.READ_FOR_SAFETY)
        ask_to_read(enquiry)
    queue_message(enquiry, MessageKind.NEW_ENQUIRY)
    if new.contact.may_be_emailed:
        queue_message(enquiry, MessageKind.ACKNOWLEDGEMENT)
    else:
        FollowUp.objects.create(enquiry=enquiry, kind=FollowUpKind.NOT_SAFE_TO_EMAIL)
    return enquiry


def published_choice(key: int | None) -> TherapistPage | None:
    """Return the therapist that a visitor asked about, while their profile is public."""
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


def set_columns(enquiry: Enquiry, answers: EnquiryAnswers) -> None:
    """Set the answers that are columns; the caller saves."""
    for name, kind in ANSWERS.items():
        if not kind.has_rows:
            setattr(enquiry, name, kind.to_column(getattr(answers, name)))


def set_rows(enquiry: Enquiry, answers: EnquiryAnswers, before: EnquiryAnswers | None = None) -> None:
    """Store the answers that have rows, but for those that are as they were before."""
    for name, kind in ANSWERS.items():
        if kind.has_rows and (before is None or getattr(answers, name) != getattr(before, name)):
            _replace(enquiry, getattr(enquiry, name), getattr(answers, name))


def _replace(enquiry: Enquiry, stored: Any, values: Any) -> None:
    rows = stored.model.rows(values)
    for row in rows:
        row.enquiry = enquiry
    stored.all().delete()
    stored.bulk_create(rows)


def replace_preferred_times(enquiry: Enquiry, times: Iterable[datetime]) -> None:
    enquiry.preferred_times.all().delete()
    PreferredTime.objects.bulk_create(PreferredTime(enquiry=enquiry, starts=start) for start in set(times))


def new_reference() -> str:
    """Return the number that a person reads out on the phone, such as “REF-7K3F-29”.

    It is random, so that it says nothing of how many there are.
    """
    middle = "".join(secrets.choice(LETTERS) for _ in range(4))
    return f"{settings.ENQUIRY_REFERENCE_PREFIX}-{middle}-{secrets.randbelow(100):02d}"
