"""Phone numbers: taken and shown as people write them, stored in the one form of all countries.

People paste them, with invisible marks, slashes, dashes of all kinds and extensions. The rules of each
country are those of the `phonenumbers` library (Google's libphonenumber). Stored is E.164 of the ITU, like
"+442079460000", and an extension behind it as in RFC 3966: "+442079460000;ext=12". What is stored in another
way, from before, is read all the same.
"""

import re
import unicodedata
from typing import Any

import phonenumbers
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from phonenumbers import PhoneNumber, PhoneNumberFormat, ValidationResult

#: More than any number with its extension and the words around it takes.
LONGEST_NUMBER = 60
#: What is stored is shorter.
LONGEST_STORED = 40


def read_number(text: str) -> PhoneNumber | None:
    """Return the number that a text holds, or None where it cannot be one.

    Without a country's code it is taken for one of the practice's own country. Whether it was ever given out
    nobody can tell.
    """
    try:
        number = phonenumbers.parse(_without_marks(text), settings.PHONE_REGION)
    except phonenumbers.NumberParseException:
        return None
    is_whole = phonenumbers.is_possible_number_with_reason(number) == ValidationResult.IS_POSSIBLE
    return number if is_whole else None


def as_written(text: str) -> str:
    """Return the number in the way that people of its country write it; the text where that is not known."""
    number = read_number(text)
    if number is None or not phonenumbers.is_valid_number(number):
        return _without_marks(text).strip()
    is_our_own = number.country_code == phonenumbers.country_code_for_region(settings.PHONE_REGION)
    form = PhoneNumberFormat.NATIONAL if is_our_own else PhoneNumberFormat.INTERNATIONAL
    return str(phonenumbers.format_number(number, form))


def as_stored(text: str) -> str:
    """Return the number in the one form of all countries; the text where nobody gave out such numbers."""
    number = read_number(text)
    if number is None or not phonenumbers.is_valid_number(number):
        return _without_marks(text).strip()
    extension = f";ext={number.extension}" if number.extension else ""
    return f"{phonenumbers.format_number(number, PhoneNumberFormat.E164)}{extension}"


def phone_uri(text: str) -> str:
    """Return the `tel:` address of a number (RFC 3966), its extension too."""
    number = read_number(text)
    if number is None or not phonenumbers.is_valid_number(number):
        return f"tel:{re.sub(r'[^\d+]', '', _without_marks(text))}"
    return str(phonenumbers.format_number(number, PhoneNumberFormat.RFC3966))


def _without_marks(text: str) -> str:
    """Leave out marks that nobody sees, such as those of the writing direction, and make dashes plain."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(sign for sign in plain if unicodedata.category(sign) != "Cf")


NOT_A_NUMBER = _(
    "Write the phone number with its area code, like 020 7946 0000. Begin with + and a country’s code"
    " where it is of another country."
)


def validate_phone(text: str) -> None:
    """Raise ValidationError where the text cannot be a phone number."""
    if read_number(text) is None:
        raise ValidationError(NOT_A_NUMBER, code="invalid")


class PhoneField(forms.RegexField):
    """Takes what may be a phone number, and returns it as people write it."""

    default_error_messages = {"invalid": NOT_A_NUMBER}

    def __init__(self, **options: Any) -> None:
        # Written so that browsers can use it as a pattern too: five digits at least, whatever is between.
        super().__init__(r"^(\D*\d){5}.*$", **{"max_length": LONGEST_NUMBER, "strip": True, **options})

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if not text:
            return ""
        validate_phone(text)
        return as_written(text)


class PhoneNumberField(models.CharField):
    """A phone number: stored in the one form of all countries, and read as people write it."""

    default_validators = [validate_phone]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"max_length": LONGEST_STORED, **options})

    def from_db_value(self, value: str | None, *_args: object) -> str | None:
        return as_written(value) if value else value

    def get_prep_value(self, value: Any) -> Any:
        text = super().get_prep_value(value)
        return as_stored(text) if text else text

    def formfield(self, **options: Any) -> Any:
        return super().formfield(**{"form_class": PhoneField, "max_length": LONGEST_NUMBER, **options})
