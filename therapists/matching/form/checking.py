"""The answers once more, each with the step where it can be changed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import cast

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _

from core.email_addresses import EmailAddressField, likely_address
from therapists.enquiries.answers import time_zone_name
from therapists.matching.form.journey import STEPS, Journey, Step
from therapists.matching.inputs.uk_time import UK

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


def words_of(field: BoundField) -> list[str]:
    """Return what is chosen or written in a field, for people; nothing where it is empty."""
    value = field.value()
    if field.name == "time_zone":
        return [time_zone_name(value)] if value and value != UK else []
    if isinstance(field.field, forms.ChoiceField):
        chosen = [str(one) for one in (value if isinstance(value, list | tuple) else [value])]
        choices = cast("Iterable[tuple[str, str]]", field.field.choices)
        return [str(label) for key, label in choices if str(key) in chosen and key != ""]
    if isinstance(field.field, forms.BooleanField):
        return [_("Yes")] if value else []
    return [str(value)] if value else []
