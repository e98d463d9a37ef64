"""What is chosen or written in a field, in the words that the visitor was shown."""

from collections.abc import Iterable
from typing import cast

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _

from therapists.enquiries.answers import time_zone_name
from therapists.matching.inputs.uk_time import UK


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
