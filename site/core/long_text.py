"""Text of several lines in forms."""

from collections.abc import Mapping
from typing import Any

from django import forms


class LongTextInput(forms.Textarea):
    """Counts a line break as one character, as the browser does that limits the text: it sends two."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        value = super().value_from_datadict(data, files, name)
        return value.replace("\r\n", "\n") if isinstance(value, str) else value
