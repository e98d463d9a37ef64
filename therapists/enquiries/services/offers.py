"""The shortlist of an enquiry, and offers of it: one therapist at a time, without saying who it is about."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from therapists.enquiries.enums import State
from therapists.enquiries.free_times import preferred_and_free
from therapists.enquiries.lapses import Lapse, in_words, lapses, lapses_of
from therapists.enquiries.mail.queue import notify_visitor, queue_message
from therapists.enquiries.models import (
    ConsultationState,
    DeclineReason,
    Enquiry,
    FollowUp,
    FollowUpKind,
    MessageKind,
    Offer,
    OfferState,
    Override,
    ShortlistEntry,
)
from therapists.enquiries.services.consultations import confirm, release_times, take_times
from therapists.enquiries.services.decisions import record_release
from therapists.enquiries.services.lifecycle import NotAllowed, may_move, move
from therapists.enquiries.services.silence import note_answered
from therapists.enquiries.working_time import working_time
from therapists.models import TherapistPage

LONGEST_SHORTLIST = 3


class OfferClosed(Exception):
    """It was answered, taken back, or not answered in time."""


@transaction.atomic
def set_shortlist(
    enquiry_id: UUID, therapists: Sequence[TherapistPage], *, by: User, reason: str = ""
) -> Enquiry:
    """Replace the shortlist.

    A reason is needed where it does not begin as the ranking does, or where someone takes no new clients, who
    is asked all the same. Raise ValidationError, naming them, for those who cannot be asked at all.
    """
    enquiry = Enquiry.objects.locked(enquiry_id)
    keys = [therapist.pk for therapist in therapists]
    if not keys or len(set(keys)) != len(keys) or len(keys) > LONGEST_SHORTLIST:
        raise ValidationError(_("Choose between one and three therapists, each once."))
    refused = set(enquiry.offers.refused().values_list("therapist", flat=True))
    if names := ", ".join(therapist.title for therapist in therapists if therapist.pk in refused):
        raise ValidationError(_("These have already said no to this enquiry: %(names)s.") % {"names": names})
    paused = _paused(therapists)
    suggested = [therapist.pk for therapist in enquiry.suggested_therapists()]
    if keys != suggested[: len(keys)] or paused:
        if not reason.strip() and paused:
            names = ", ".join(therapist.title for therapist in therapists if therapist.pk in paused)
            raise ValidationError(
                _("%(names)s: no new clients at the moment. Say why they are to be asked all the same.")
                % {"names": names}
            )
        if not reason.strip():
            raise ValidationError(_("Say why this differs from the suggestions."))
        Override.objects.create(enquiry=enquiry, made_by=by, reason=reason)
    # Whoever was not reached may be asked again: that is what this asks for.
    unreached = enquiry.offers.filter(state=OfferState.UNREACHED, therapist__in=keys)
    unreached.update(state=OfferState.REVOKED, answered_at=None)
    enquiry.shortlist.all().delete()
    ShortlistEntry.objects.bulk_create(
        ShortlistEntry(enquiry=enquiry, position=position, therapist_id=key, although_paused=key in paused)
        for position, key in enumerate(keys)
    )
    if enquiry.state != State.SHORTLISTED:
        return move(enquiry.pk, State.SHORTLISTED, by=by)
    return enquiry


def _paused(therapists: Sequence[TherapistPage]) -> set[int]:
    """Return those who take no new clients; raise ValidationError for those who may not be asked at all."""
    found = lapses_of(therapists)
    barred = [
        f"{therapist.title}: {in_words(kept)}"
        for therapist in therapists
        if (kept := [lapse for lapse in found[therapist.pk] if lapse != Lapse.PAUSED])
    ]
    if barred:
        raise ValidationError(_("They cannot be asked. %(why)s.") % {"why": ". ".join(barred)})
    return {key for key, kept in found.items() if kept}


def next_on_shortlist(enquiry: Enquiry) -> tuple[TherapistPage | None, list[str]]:
    """Return whom to ask now, if anyone, and why those before them on the shortlist are passed over."""
    asked = set(enquiry.offers.exclude(state=OfferState.REVOKED).values_list("therapist", flat=True))
    passed_over: list[str] = []
    for entry in enquiry.shortlist.select_related("therapist"):
        found = [lapse for lapse in lapses(entry.therapist) if not _is_allowed(entry, lapse)]
        if entry.therapist_id not in asked and not found:
            return entry.therapist, passed_over
        why = in_words(found) if found else _("was asked already")
        passed_over.append(f"{entry.therapist.title}: {why}")
    return None, passed_over


def _is_allowed(entry: ShortlistEntry, lapse: Lapse) -> bool:
    return lapse == Lapse.PAUSED and entry.although_paused


@transaction.atomic
def offer_to_next(enquiry_id: UUID, *, by: User | None = None) -> Offer | None:
    """Offer a shortlisted enquiry to the first on its shortlist who can be asked.

    Where no one is left the enquiry stays with the matcher, and a task says so.
    """
    enquiry = Enquiry.objects.locked(enquiry_id)
    if not may_move(State(enquiry.state), State.OFFERED):
        raise NotAllowed(State(enquiry.state), State.OFFERED)
    therapist, _passed_over = next_on_shortlist(enquiry)
    if therapist:
        return _offer(enquiry, therapist, by)
    FollowUp.objects.create(enquiry=enquiry, kind=FollowUpKind.NO_CANDIDATE)
    return None


def _offer(enquiry: Enquiry, therapist: TherapistPage, by: User | None) -> Offer:
    enquiry = move(enquiry.pk, State.OFFERED, by=by)
    offer = Offer.objects.create(
        enquiry=enquiry,
        therapist=therapist,
        therapist_name=therapist.title,
        made_by=by,
        expires_at=_time_to_answer(),
    )
    Enquiry.objects.filter(pk=enquiry.pk).update(deadline=offer.expires_at)
    queue_message(enquiry, MessageKind.OFFER, offer=offer)
    return offer


def _time_to_answer() -> datetime:
    """Return by when a therapist who is asked now has to answer. Each day is one of the practice."""
    hours = working_time()
    days = timedelta(hours=settings.ENQUIRY_OFFER_HOURS) / timedelta(days=1)
    return hours.after(timezone.now(), days * hours.day)


def locked_offer(offer_id: UUID) -> Offer:
    """Return the offer, with its enquiry locked first, so that an answer and a deadline never cross.

    Raise OfferClosed where it was erased meanwhile.
    """
    enquiry = Enquiry.objects.select_for_update(of=("self",)).filter(offers=offer_id).first()
    offer = Offer.objects.select_related("therapist").filter(pk=offer_id).first()
    if enquiry is None or offer is None:
        raise OfferClosed
    offer.enquiry = enquiry
    return offer


def close_offer(offer: Offer, state: OfferState) -> None:
    """Store how a locked offer ended, with its reason and note."""
    offer.state = state
    offer.answered_at = timezone.now()
    offer.save(update_fields=["state", "answered_at", "decline_reason", "note"])


@transaction.atomic
def accept(offer_id: UUID, starts: datetime | None = None, note: str = "") -> Enquiry:
    """Record that the therapist has a place, and at which of the visitor's times they could meet first.

    The time is held in their diary from now on. A person still releases the introduction; where the therapist
    may not be introduced as things are, that is a task. Raise ValidationError, and answers nothing, where the
    time is no longer free.
    """
    offer = locked_offer(offer_id)
    if not offer.is_open:
        raise OfferClosed
    if starts and starts not in preferred_and_free(offer.enquiry, offer.therapist):
        raise ValidationError(_("This time is no longer free. Choose another."))
    offer.note = note
    close_offer(offer, OfferState.ACCEPTED)
    note_answered(offer.therapist)
    enquiry = move(offer.enquiry_id, State.ACCEPTED)
    enquiry.therapist = offer.therapist
    enquiry.save(update_fields=["therapist"])
    if starts:
        take_times(enquiry, offer.therapist, [starts], ConsultationState.HELD)
    if lapses(offer.therapist):
        FollowUp.objects.create(enquiry=enquiry, kind=FollowUpKind.THERAPIST_LAPSED)
    queue_message(enquiry, MessageKind.YES_CONFIRMED, offer=offer)
    return enquiry


@transaction.atomic
def step_back(offer_id: UUID, why: str = "") -> None:
    """Give the enquiry back after a yes, for a matcher to find someone else. Raise OfferClosed where over."""
    offer = locked_offer(offer_id)
    enquiry = offer.enquiry
    is_theirs = offer.state == OfferState.ACCEPTED and enquiry.therapist_id == offer.therapist_id
    if not is_theirs or not may_move(State(enquiry.state), State.REVIEW):
        raise OfferClosed
    offer.state = OfferState.GAVE_BACK
    offer.save(update_fields=["state"])
    move(enquiry.pk, State.REVIEW, reason=why, therapist_knows=True)
    FollowUp.objects.create(enquiry=enquiry, kind=FollowUpKind.STEPPED_BACK)


@transaction.atomic
def decline(offer_id: UUID, reason: DeclineReason, note: str = "") -> None:
    """Record that the therapist says no, and ask the next."""
    offer = locked_offer(offer_id)
    if not offer.is_open:
        raise OfferClosed
    offer.decline_reason = reason
    offer.note = note
    close_offer(offer, OfferState.DECLINED)
    note_answered(offer.therapist)
    move(offer.enquiry_id, State.SHORTLISTED)
    offer_to_next(offer.enquiry_id)


@transaction.atomic
def release(enquiry_id: UUID, *, by: User, reason: str = "") -> Enquiry:
    """Introduce the two: the therapist learns how to reach the visitor, and the visitor who it is.

    A time that is held is theirs from now on. One that has passed meanwhile is not: the therapist, who is
    written to, sees that others are wanted. Raise ValidationError where the therapist may not practise by
    what is on record, unless there is a reason, which is kept.
    """
    therapist = Enquiry.objects.locked(enquiry_id).therapist
    if not therapist:
        raise ValidationError(_("No therapist has accepted."))
    if (found := lapses(therapist)) and not reason.strip():
        raise ValidationError(
            _("%(name)s cannot be introduced as things are: %(why)s. Put it right, or say why all the same.")
            % {"name": therapist.title, "why": "; ".join(str(lapse.label) for lapse in found)}
        )
    enquiry = move(enquiry_id, State.INTRODUCED, by=by, reason=reason)
    record_release(enquiry, by)
    offer = enquiry.offers.filter(state=OfferState.ACCEPTED, therapist=enquiry.therapist).latest("made_at")
    queue_message(enquiry, MessageKind.INTRODUCTION, offer=offer)
    agreed = enquiry.consultations.held().to_come().first()
    if agreed:
        confirm(enquiry, agreed, with_introduction=True)
    else:
        release_times(enquiry)
    if not (agreed and enquiry.contact.may_be_emailed):
        notify_visitor(enquiry)
    return enquiry
