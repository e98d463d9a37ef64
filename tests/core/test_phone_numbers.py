import pytest
from django.core.exceptions import ValidationError

from core.phone_numbers import PhoneField, phone_uri


@pytest.mark.parametrize(
    ("typed", "shown", "uri"),
    [
        ("020 7946 0000", "020 7946 0000", "tel:+44-20-7946-0000"),
        ("+44 (0)20 7946-0000", "020 7946 0000", "tel:+44-20-7946-0000"),
        ("020 7946 0000 ext 12", "020 7946 0000 x12", "tel:+44-20-7946-0000;ext=12"),
        ("\u202a07700 900123\u202c", "07700 900123", "tel:07700900123"),
        ("020\u201179460000", "020 7946 0000", "tel:+44-20-7946-0000"),
        ("020–7946–0000", "020 7946 0000", "tel:+44-20-7946-0000"),
        ("020\u00a07946\u00a00000", "020 7946 0000", "tel:+44-20-7946-0000"),
        ("+49 30 / 1234567", "+49 30 1234567", "tel:+49-30-1234567"),
        ("030/1234567", "030/1234567", "tel:0301234567"),
    ],
)
def test_what_people_write_is_taken_and_can_be_rung(typed, shown, uri):
    assert PhoneField().clean(typed) == shown
    assert phone_uri(shown) == uri


@pytest.mark.parametrize(
    "typed", ["-------", "ask my mother", "12345", "7946 0000", "1" * 30, "+999 123 456 789"]
)
def test_what_nobody_can_ring_is_no_number(typed):
    with pytest.raises(ValidationError):
        PhoneField().clean(typed)


def test_nothing_written_is_none():
    assert PhoneField(required=False).clean("  ") == ""
