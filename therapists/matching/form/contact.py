"""The last two steps: how and when to reach the visitor and their own words; then consent."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from core.email_addresses import EmailAddressField
from core.long_text import LongTextInput
from core.phone_numbers import PhoneField
from therapists.enquiries.answers import ContactDetails, FreeText
from therapists.matching.form.meeting_times import MeetingForm
from therapists.matching.form.questions import Wording
from therapists.matching.form.steps import NO, YES, YES_OR_NO, StepForm

LONGEST_NAME = 80
LONGEST_MESSAGE = 3000
LONGEST_NOTE = 300
#: Said in place of "(optional)": one of them is needed, and what else depends on which.
NEEDED = {
    "email": _("(needed, unless we phone)"),
    "safe_to_email": _("(needed, if you gave an address)"),
    "phone": _("(needed, unless we e-mail)"),
}


def contact_of(cleaned: Mapping[str, Any], before: ContactDetails | None = None) -> ContactDetails:
    """Return the details of valid fields, which have their names; what was not asked stays as it was."""
    details = (asdict(before) if before else {}) | dict(cleaned)
    if "safe_to_email" in cleaned:
        details["safe_to_email"] = cleaned["safe_to_email"] == YES
    return ContactDetails(**details)


class NameForm(StepForm):
    name = forms.CharField(
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Say what we should call you.")},
    )
    pronouns = forms.CharField(max_length=40, required=False)


class ReachForm(StepForm):
    """How to reach someone, and which ways are safe for them."""

    email = EmailAddressField(
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )
    safe_to_email = forms.ChoiceField(choices=YES_OR_NO, widget=forms.RadioSelect, required=False)
    phone = PhoneField(required=False, widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}))
    safe_to_leave_message = forms.BooleanField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, words in NEEDED.items():
            self.fields[name].widget.needed = words

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if {"email", "phone"} & self.errors.keys():
            return cleaned
        email, phone = cleaned.get("email"), cleaned.get("phone")
        if not email and not phone:
            self.add_error("email", _("Give an e-mail address or a phone number, so that we can answer."))
        elif email and not cleaned.get("safe_to_email"):
            self.add_error("safe_to_email", _("Say whether it is safe to e-mail you."))
        elif cleaned.get("safe_to_email") == NO and not phone:
            self.add_error("phone", _("Give a phone number, as we may not e-mail you."))
        return cleaned


class NotesForm(StepForm):
    contact_notes = forms.CharField(max_length=LONGEST_NOTE, required=False)


class WordsForm(StepForm):
    """Their own words."""

    message = forms.CharField(
        max_length=LONGEST_MESSAGE, required=False, widget=LongTextInput(attrs={"rows": 6})
    )
    message_may_be_shared = forms.BooleanField(required=False)


def extra_field(wording: Wording) -> forms.CharField:
    """Return the field of a question that the practice added."""
    return forms.CharField(
        label=wording.label,
        help_text=wording.help_text,
        max_length=LONGEST_NOTE,
        required=False,
        widget=LongTextInput(attrs={"rows": 3}),
    )


class ContactForm(WordsForm, MeetingForm, NotesForm, ReachForm, NameForm):
    """How to reach them, their own words, and the practice's own questions: those of the last base first."""

    def __init__(self, *args: Any, extra_questions: Sequence[Wording] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.extra = {f"extra_{number}": wording for number, wording in enumerate(extra_questions)}
        for name, wording in self.extra.items():
            self.fields[name] = extra_field(wording)

    def contact(self) -> ContactDetails:
        """Return the valid details. The fields have the names of `ContactDetails`."""
        return contact_of({field.name: self.cleaned_data[field.name] for field in fields(ContactDetails)})

    def free_text(self) -> FreeText:
        return FreeText(
            message=self.cleaned_data["message"],
            may_be_shared=self.cleaned_data["message_may_be_shared"],
            extra_answers=tuple(
                (wording.label, self.cleaned_data[name])
                for name, wording in self.extra.items()
                if self.cleaned_data[name]
            ),
        )


class CheckForm(StepForm):
    """All answers once more, and the agreement."""

    consent = forms.BooleanField(
        error_messages={"required": _("We need your agreement before we may keep what you told us.")}
    )

    def add_refusal(self, errors: Mapping[str, Sequence[str]]) -> None:
        """An error of the consent unticks it."""
        super().add_refusal(errors)
        if "consent" in errors:
            posted = cast(QueryDict, self.data).copy()
            posted.pop("consent", None)
            self.data = posted
