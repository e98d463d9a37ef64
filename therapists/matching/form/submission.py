"""From a visitor's way through the form to an enquiry: the page and the API both send through here.

Which keys an enquiry has, and why, is told in docs/decisions/sending-an-enquiry.md.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext as _

from therapists.enquiries.answers import Consent, NewEnquiry, SuggestionRun
from therapists.enquiries.models import Enquiry
from therapists.enquiries.services.submit import AlreadySent, SentOtherwise, receive_enquiry
from therapists.matching.form.contact import ContactForm
from therapists.matching.form.journey import TOLD_FIRST, Journey, Step
from therapists.matching.form.steps import THE_PRACTICE, ChoiceForm

if TYPE_CHECKING:
    from therapists.matching.models import MatchingPage

#: A field that people never see. Robots fill it in.
TRAP = "website"


class CannotSend(Exception):
    """What is in the way, by the name of the question or of what travels with the answers."""

    def __init__(self, errors: Mapping[str, Sequence[str]]) -> None:
        super().__init__(", ".join(errors))
        self.errors = errors


def send(journey: Journey, page: "MatchingPage", key: UUID) -> Enquiry:
    """Store the enquiry, or give back the one that this key has made of the same content.

    Raises CannotSend where something needs another look, SentOtherwise where the key is of other content.
    The caller has asked `needs_other_help` before.
    """
    if known := Enquiry.objects.filter(idempotency_key=key).first():
        return _send_again(journey, page, key, known)
    if errors := _objections(journey, page) | _wrong_answers(journey):
        raise CannotSend(errors)
    chosen = journey.part(ChoiceForm).chosen_therapist()
    try:
        return receive_enquiry(_new(journey, page, key, chosen, journey.match.run_to_keep()))
    except AlreadySent:
        raise CannotSend(
            {"ticket": [_("An enquiry was sent from this page before. Please start again.")]}
        ) from None
    except ValidationError as problem:
        raise CannotSend({NON_FIELD_ERRORS: problem.messages}) from None


def _send_again(journey: Journey, page: "MatchingPage", key: UUID, known: Enquiry) -> Enquiry:
    """Its answers stood the first time: what has changed since, such as whom we suggest, is no matter."""
    is_chosen_alike = journey.data.get("choice") == str(known.chosen_therapist_id or THE_PRACTICE)
    if not is_chosen_alike or journey.errors(*TOLD_FIRST):
        raise SentOtherwise
    given = known.preferred_times.values_list("starts", flat=True)
    journey.part(ContactForm).offer_times(given, journey.answers.time_zone)
    if journey.errors(Step.CONTACT):
        raise SentOtherwise
    return receive_enquiry(_new(journey, page, key, known.chosen_therapist_id, None))


def _wrong_answers(journey: Journey) -> dict[str, list[str]]:
    """Whom to ask can be judged only where everything that the suggestions are made from stands."""
    wrong = journey.errors(*TOLD_FIRST)
    return wrong | journey.errors(Step.CONTACT, *([] if wrong else [Step.SUGGESTIONS]))


def _objections(journey: Journey, page: "MatchingPage") -> dict[str, list[str]]:
    objections = {}
    if journey.data.get("consent_version") != page.consent_version:
        objections["consent"] = [_("This wording has changed. Please read it once more.")]
    if journey.data.get(TRAP):
        objections[TRAP] = [_("Please leave the field called “website” empty, and send it once more.")]
    elif journey.ticket.objection:
        objections["ticket"] = [journey.ticket.objection]
    return objections


def _new(
    journey: Journey, page: "MatchingPage", key: UUID, chosen: int | None, suggestions: SuggestionRun | None
) -> NewEnquiry:
    form = journey.part(ContactForm)
    return NewEnquiry(
        idempotency_key=key,
        draw_key=journey.ticket.key,
        answers=journey.answers,
        contact=form.contact(),
        consent=Consent(version=journey.data.get("consent_version", ""), text=page.consent_text),
        free_text=form.free_text(),
        chosen_therapist=chosen,
        preferred_times=form.cleaned_data["preferred_times"],
        suggestions=suggestions,
    )
