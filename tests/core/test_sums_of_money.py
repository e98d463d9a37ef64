"""Sums in pounds, as people write them in a form."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from core.sums_of_money import PoundsField


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        *((written, "60") for written in ("60", " 60 ", "£60", "£ 60", "60£", "60 pounds", "GBP 60", "60.")),
        *((written, "60") for written in ("about £60", "up to 60", "£60 a session", "60/session")),
        ("£47.50", "47.50"),
        ("£1,000", "1000"),
        ("1000", "1000"),
    ],
)
def test_sum_is_read(written, meant):
    assert PoundsField(decimal_places=2).clean(written) == Decimal(meant)


@pytest.mark.parametrize(
    "written", ["a bit", "£", "40-60", "60,50", "£60 a month", "60 70", "-60 pounds", "1.2.3"]
)
def test_what_may_mean_two_sums_is_refused(written):
    with pytest.raises(ValidationError):
        PoundsField(decimal_places=2).clean(written)
