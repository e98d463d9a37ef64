"""Convert answers from JSON to the form data that the page posts, so that both are validated alike."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError, ValidationError

from core.content_api.representation.serializer_types import form_type
from therapists.matching.form.journey import FORMS, Step
from therapists.matching.form.questions import wordings
from therapists.matching.form.submission import HONEYPOT

#: What is sent beside the answers. `journey` and `submission` validate it.
EXTRA_FIELDS: dict[str, forms.Field] = {
    "ticket": forms.CharField(help_text="From `matching/`, or the newest from the suggestions."),
    "asked_about": forms.IntegerField(help_text="The `id` of the therapist whose profile they came from."),
    "consent_version": forms.CharField(
        help_text="Which words they agreed to: `consent.version` of `matching/`."
    ),
    HONEYPOT: forms.CharField(
        help_text="What is in a field that people never see. Empty, or a robot wrote it."
    ),
}


class WrongAnswerType(Exception):
    """An answer of a type that its question does not take."""


def to_form_data(answers: Any, questions: Mapping[str, forms.Field]) -> QueryDict:
    """Return the form data. Raise ValidationError for answers of the wrong type and for unknown questions."""
    if not isinstance(answers, dict):
        raise ParseError(_("Send an object of answers by the names of the questions."))
    posted = QueryDict(mutable=True)
    errors = {}
    for name, answer in answers.items():
        try:
            posted.setlist(name, _values(name, answer, questions))
        except WrongAnswerType as wrong:
            errors[name] = [str(wrong)]
    if errors:
        raise ValidationError(errors)
    return posted


def _values(name: str, answer: Any, questions: Mapping[str, forms.Field]) -> list[str]:
    question = questions.get(name, EXTRA_FIELDS.get(name))
    if question is None:
        raise WrongAnswerType(_("This is not asked here."))
    if answer is None:
        return []
    if isinstance(question, forms.BooleanField):
        if not isinstance(answer, bool):
            raise WrongAnswerType(_("Answer with true or false."))
        return ["on"] if answer else []
    if isinstance(question, forms.MultipleChoiceField) and isinstance(answer, list):
        return [_text(one) for one in answer]
    return [_text(answer)]


def _text(answer: Any) -> str:
    if isinstance(answer, bool) or not isinstance(answer, str | int | float):
        raise WrongAnswerType(_("Answer with a text or a number."))
    return str(answer)


def body_shape(name: str, steps: Sequence[Step], beside: Collection[str]) -> Any:
    """Return the shape of the answers to these steps, for OpenAPI. Without the practice's own questions."""
    fields = {key: field for step in steps for key, field in FORMS[step].base_fields.items()}
    fields |= {key: EXTRA_FIELDS[key] for key in beside}
    return form_type(name, fields, {key: wording.label for key, wording in wordings({}).items()})
