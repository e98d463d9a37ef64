"""What a therapist answers, asks, or takes back."""

from datetime import datetime
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from core.long_text import LongTextInput
from therapists.enquiries.describing import time_for_therapist
from therapists.enquiries.free_times import preferred_and_free
from therapists.enquiries.models import DeclineReason, Offer

#: Of the times that the visitor gave.
NONE_OF_THEM = "none"


class AnswerForm(forms.Form):
    answer = forms.ChoiceField(
        label=_("Your answer"),
        choices=[("accept", _("Yes, I have a place")), ("decline", _("No, not this time"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose yes or no.")},
    )
    time = forms.ChoiceField(
        label=_("When you could meet, if the answer is yes"),
        help_text=_("Held in your diary from now on. You both get an invitation with the introduction."),
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": _("This time is no longer free. Choose another.")},
    )
    reason = forms.ChoiceField(
        label=_("Why, if the answer is no"),
        choices=[("", _("Choose a reason")), *DeclineReason.choices],
        required=False,
    )
    note = forms.CharField(
        label=_("Anything the matcher should know"),
        required=False,
        max_length=500,
        widget=LongTextInput(attrs={"rows": 3}),
    )

    def __init__(self, found: Offer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        free = preferred_and_free(found.enquiry, found.therapist)
        if not free:
            del self.fields["time"]
            return
        zone = found.enquiry.time_zone
        cast(forms.ChoiceField, self.fields["time"]).choices = [
            *((moment.isoformat(), time_for_therapist(moment, zone)) for moment in free),
            (NONE_OF_THEM, _("None of these. I will propose others once you introduce us")),
        ]

    def confirmed_time(self) -> datetime | None:
        """The time that the therapist confirms."""
        chosen = self.cleaned_data.get("time") or NONE_OF_THEM
        return None if chosen == NONE_OF_THEM else datetime.fromisoformat(chosen)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("answer") == "accept":
            self._check_time(cleaned)
        if cleaned.get("answer") == "decline" and not cleaned.get("reason") and "reason" not in self.errors:
            self.add_error("reason", _("Choose a reason, so that the next match is better."))
        return cleaned

    def _check_time(self, cleaned: dict[str, Any]) -> None:
        if cleaned.get("time") == "":
            self.add_error("time", _("Choose a time, or say that none of them works."))
        elif "time" not in self.fields and self.data.get("time", NONE_OF_THEM) != NONE_OF_THEM:
            said = _(
                "The time you chose was taken in your diary meanwhile, and no other of theirs is free. "
                "Nothing is stored yet: say yes again to propose others once we introduce you."
            )
            self.add_error(None, said)


class QuestionForm(forms.Form):
    question = forms.CharField(
        label=_("Your question to the matcher"),
        max_length=500,
        widget=LongTextInput(attrs={"rows": 3}),
        error_messages={"required": _("Write what you would like to know.")},
    )


class StepBackForm(forms.Form):
    why = forms.CharField(
        label=_("What should the matcher know?"),
        required=False,
        max_length=500,
        widget=LongTextInput(attrs={"rows": 3}),
    )
