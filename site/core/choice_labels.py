"""The labels of choices in the active language. Each is translated once: a list shows the same few often."""

from functools import cache
from typing import Any

from django.db.models import Choices, Field
from django.utils.translation import get_language


def label_of(choice: Choices) -> str:
    return labels_of(type(choice))[choice.value]


def labels_of(choices: type[Choices]) -> dict[Any, str]:
    return _labels_of(choices, get_language())


def labels_of_field(field: Field) -> dict[Any, str]:
    return _labels_of_field(field, get_language())


@cache
def _labels_of(choices: type[Choices], language: str | None) -> dict[Any, str]:
    return {choice.value: str(choice.label) for choice in choices}


@cache
def _labels_of_field(field: Field, language: str | None) -> dict[Any, str]:
    return {key: str(label) for key, label in field.flatchoices}
