"""Turn a visitor's answers into an enquiry: both the page and the API send through here.

Which keys an enquiry has, and why: docs/decisions/sending-an-enquiry.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext as _

from core.caching.content_memory import answering
from core.languages import active_language
from therapists.enquiries.access.team import reaches_somebody
from therapists.enquiries.answers import Consent, NewEnquiry, SuggestionRun
from therapists.enquiries.models import Enquiry
from therapists.enquiries.services.submit import AlreadySent, NobodyToReceive, SentOtherwise, receive_enquiry
from therapists.matching.form.contact import ContactForm
from therapists.matching.form.journey import STEPS_BEFORE_SUGGESTIONS, Journey, Step
from therapists.matching.form.steps import THE_PRACTICE, ChoiceForm

#: The name of a field that people never see. Robots fill it in.
HONEYPOT = "website"


class SubmissionRefused(Exception):
    """Nothing was stored. The errors are by the name of a field, "consent", "ticket" or the honeypot."""

    def __init__(self, errors: Mapping[str, Sequence[str]]) -> None:
        super().__init__(", ".join(errors))
        self.errors = errors


def submit(journey: Journey, consent: Consent, key: UUID) -> Enquiry:
    """Store the enquiry, or return the one that this key made of the same content.

    `consent` is the wording of today. Raise SubmissionRefused where an answer is wrong, SentOtherwise where
    the key belongs to other content, NobodyToReceive where nobody would hear of it. The caller has checked
    `needs_other_help`.
    """
    if known := Enquiry.objects.filter(idempotency_key=key).first():
        return _submit_again(journey, consent, key, known)
    if not reaches_somebody():
        raise NobodyToReceive
    with answering(anew=True):
        if errors := _objections(journey, consent) | _errors(journey):
            raise SubmissionRefused(errors)
        chosen = journey.form(ChoiceForm).chosen_therapist()
        new = _new_enquiry(journey, consent, key, chosen, journey.match.run_to_store())
    try:
        return receive_enquiry(new)
    except AlreadySent:
        raise SubmissionRefused(
            {"ticket": [_("An enquiry was sent from this page before. Please start again.")]}
        ) from None
    except ValidationError as problem:
        raise SubmissionRefused({NON_FIELD_ERRORS: problem.messages}) from None


def _submit_again(journey: Journey, consent: Consent, key: UUID, known: Enquiry) -> Enquiry:
    """Compare with the stored enquiry. What changed since, such as whom we suggest, does not matter."""
    is_chosen_alike = journey.data.get("choice") == str(known.chosen_therapist_id or THE_PRACTICE)
    if not is_chosen_alike or journey.errors(*STEPS_BEFORE_SUGGESTIONS):
        raise SentOtherwise
    given = known.preferred_times.values_list("starts", flat=True)
    journey.form(ContactForm).set_times(given, journey.answers.time_zone)
    if journey.errors(Step.CONTACT, Step.CHECK):
        raise SentOtherwise
    return receive_enquiry(_new_enquiry(journey, consent, key, known.chosen_therapist_id, None))


def _errors(journey: Journey) -> dict[str, list[str]]:
    """Return the errors of all steps. The choice can be judged only where the suggestions can be computed."""
    errors = journey.errors(*STEPS_BEFORE_SUGGESTIONS)
    return errors | journey.errors(Step.CONTACT, Step.CHECK, *([] if errors else [Step.SUGGESTIONS]))


def _objections(journey: Journey, consent: Consent) -> dict[str, list[str]]:
    """Return what is wrong with what travels beside the answers."""
    objections = {}
    if journey.data.get("consent_version") != consent.version:
        objections["consent"] = [_("This wording has changed. Please read it once more.")]
    if journey.data.get(HONEYPOT):
        objections[HONEYPOT] = [_("Please leave the field called “website” empty, and send it once more.")]
    elif journey.ticket.objection:
        objections["ticket"] = [journey.ticket.objection]
    return objections


def _new_enquiry(
    journey: Journey, consent: Consent, key: UUID, chosen: int | None, suggestions: SuggestionRun | None
) -> NewEnquiry:
    form = journey.form(ContactForm)
    return NewEnquiry(
        idempotency_key=key,
        draw_key=journey.ticket.key,
        answers=journey.answers,
        contact=form.contact(),
        consent=replace(consent, version=journey.data.get("consent_version", "")),
        free_text=form.free_text(),
        chosen_therapist=chosen,
        preferred_times=form.cleaned_data["preferred_times"],
        suggestions=suggestions,
        language=active_language() or "",
    )
