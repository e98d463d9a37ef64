"""Read a sum in pounds as people write it."""

import re
from decimal import Decimal
from typing import Any

from django import forms

_SUM = re.compile(
    r"(?:about|around|up to|max\.?)?\s*(?:£|GBP)?\s*"
    r"(?P<figures>\d+(?:,\d{3})*(?:\.\d*)?)\s*(?:£|GBP|pounds?|quid)?"
    r"\s*(?:(?:a|per|for a|for one|/)\s*session)?\.?",
    re.IGNORECASE,
)


class PoundsField(forms.DecimalField):
    """A number, also where it is written “£60”, “60 pounds” or “1,000”. What may mean two sums is refused."""

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        sum_of_money = _SUM.fullmatch(value.strip()) if isinstance(value, str) else None
        return super().to_python(sum_of_money["figures"].replace(",", "") if sum_of_money else value)
