"""One tap for what became of an introduction, and a word with it for whoever wishes."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.long_text import LongTextInput
from therapists.enquiries.models import ConsultationOutcome


class OutcomeForm(forms.Form):
    outcome = forms.ChoiceField(
        choices=ConsultationOutcome.choices, error_messages={"required": _("Choose one of these.")}
    )
    words = forms.CharField(
        label=_("Anything the practice should know"),
        required=False,
        max_length=1000,
        widget=LongTextInput(attrs={"rows": 3}),
    )

    def __init__(self, possible: Sequence[ConsultationOutcome], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.possible = possible
