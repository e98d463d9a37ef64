import pytest
from django.core.exceptions import ValidationError

from core.phone_numbers import PhoneField, PhoneNumberField, as_stored, as_written, phone_uri


@pytest.mark.guide("Phone numbers are taken as you paste them, and shown in one way.")
@pytest.mark.parametrize(
    ("typed", "stored", "shown", "uri"),
    [
        ("020 7946 0000", "+442079460000", "020 7946 0000", "tel:+44-20-7946-0000"),
        ("+44 (0)20 7946-0000", "+442079460000", "020 7946 0000", "tel:+44-20-7946-0000"),
        ("020 7946 0000 ext 12", "+442079460000;ext=12", "020 7946 0000 x12", "tel:+44-20-7946-0000;ext=12"),
        ("\u202a07911 123456\u202c", "+447911123456", "07911 123456", "tel:+44-7911-123456"),
        ("020\u201179460000", "+442079460000", "020 7946 0000", "tel:+44-20-7946-0000"),
        ("020–7946–0000", "+442079460000", "020 7946 0000", "tel:+44-20-7946-0000"),
        ("020\u00a07946\u00a00000", "+442079460000", "020 7946 0000", "tel:+44-20-7946-0000"),
        ("+49 30 / 1234567", "+49301234567", "+49 30 1234567", "tel:+49-30-1234567"),
        # Kept for films and examples.
        ("\u202a07700 900123\u202c", "07700 900123", "07700 900123", "tel:07700900123"),
        # Whole, and of no area here: perhaps of another country, so nothing is put in front of it.
        ("030/1234567", "030/1234567", "030/1234567", "tel:0301234567"),
    ],
)
def test_what_people_write_is_taken_stored_in_one_form_and_can_be_rung(typed, stored, shown, uri):
    assert PhoneField().clean(typed) == shown
    assert as_stored(typed) == as_stored(shown) == stored
    assert as_written(stored) == shown
    column = PhoneNumberField()
    assert column.get_prep_value(column.clean(typed, None)) == stored
    assert column.from_db_value(stored, None, None) == shown
    assert phone_uri(shown) == uri


@pytest.mark.parametrize(
    "typed", ["-------", "ask my mother", "12345", "7946 0000", "1" * 30, "+999 123 456 789"]
)
def test_what_nobody_can_ring_is_no_number(typed):
    for field in (PhoneField(), PhoneNumberField(blank=True)):
        with pytest.raises(ValidationError):
            field.clean(typed, *([None] if isinstance(field, PhoneNumberField) else []))


def test_nothing_written_is_none():
    assert PhoneField(required=False).clean("  ") == ""
