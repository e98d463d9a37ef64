"""The answers once more, each with the step where it can be changed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from core.email_addresses import EmailAddressField, likely_address
from therapists.matching.form.chosen_words import words_of
from therapists.matching.form.journey import STEPS, Journey, Step

#: Nothing is to be seen of what was answered there, and of what is answered on the page itself.
_NOT_SHOWN = (Step.BEFORE, Step.CHECK)


@dataclass(frozen=True, slots=True)
class CheckedAnswer:
    question: str
    answers: list[str]
    step: Step
    #: What was probably meant, where the answer looks mistyped.
    meant: str = ""


def answers_to_check(journey: Journey, steps: Iterable[Step] = STEPS) -> Iterator[CheckedAnswer]:
    """Return what was answered, in the order of the form."""
    for step in steps:
        for field in journey.prefilled_form(step) if step not in _NOT_SHOWN else ():
            if answers := words_of(field):
                is_address = isinstance(field.field, EmailAddressField)
                meant = likely_address(answers[0]) if is_address else ""
                yield CheckedAnswer(str(field.label), answers, step, meant)
