"""The admin forms of profiles and diaries, with errors at the field to correct."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import CheckboxSelectMultiple, ModelForm
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from core.admin.page_forms import PracticePageForm
from therapists.enums import ConcernLevel, Language, PausedBy, SessionFormat

MOST_SPECIALISMS = 6
RESERVED_SLUGS = {"compare"}

LONGEST_PAUSE = timedelta(days=366)

UNIQUE_IN_ROWS = {
    "concerns": ("concern", _("This concern is in the list already.")),
    "therapies": ("therapy", _("This therapy is in the list already.")),
    "fees": ("group", _("There is a fee for them already.")),
}


def day_of_return(until: date) -> None:
    """Raise ValidationError where a pause cannot last until that day."""
    if until <= timezone.localdate():
        raise ValidationError(_("Choose a day that is still to come."))
    if until > timezone.localdate() + LONGEST_PAUSE:
        raise ValidationError(_("Choose a day within a year. Is the year right?"))


class TherapistPageForm(PracticePageForm):
    formats = forms.MultipleChoiceField(
        label=_("Ways to meet"),
        choices=SessionFormat.choices,
        widget=CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one way to meet before you publish.")},
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        choices=Language.choices,
        widget=CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one language before you publish.")},
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("slug") in RESERVED_SLUGS:
            self.add_error("slug", _("This word belongs to a page of the directory. Choose another."))
        self._refuse_repeated_rows()
        self._refuse_too_many_specialisms()
        if not self.is_deferred_validation:
            self._require_what_a_public_profile_needs(cleaned)
            self._refuse_registrations_of_others()
        return cleaned

    def _refuse_registrations_of_others(self) -> None:
        try:
            self.instance.check_registrations(row.instance for row in self._rows("registrations"))
        except ValidationError as error:
            self.add_error(None, error)

    def _rows(self, name: str) -> Iterator[ModelForm]:
        """Yield the valid rows that are not deleted."""
        formset = self.formsets.get(name)
        for row in formset.forms if formset else ():
            if row.is_valid() and row.cleaned_data and not row.cleaned_data.get("DELETE"):
                yield row

    def _refuse_repeated_rows(self) -> None:
        for name, (field, message) in UNIQUE_IN_ROWS.items():
            seen = set()
            for row in self._rows(name):
                value = row.cleaned_data.get(field)
                if value is not None and value in seen:
                    row.add_error(field, message)
                seen.add(value)

    def _refuse_too_many_specialisms(self) -> None:
        specialisms = [
            row for row in self._rows("concerns") if row.cleaned_data.get("level") == ConcernLevel.SPECIALISM
        ]
        for row in specialisms[MOST_SPECIALISMS:]:
            row.add_error(
                "level",
                _("Six specialisms are the most. Choose “Works with” here or for another concern."),
            )

    def _require_what_a_public_profile_needs(self, cleaned: dict[str, Any]) -> None:
        if SessionFormat.IN_PERSON in cleaned.get("formats", []) and not cleaned.get("location"):
            self.add_error("location", _("Say in which town they meet people in person."))
        if not any(self._rows("fees")):
            self.add_error(None, _("Add at least one client group with its fee, under Practice."))


class AvailabilityForm(WagtailAdminModelForm):
    """The day of a pause that is set or changed here is the practice's own, whoever paused before."""

    #: As it was when the form was opened: a pause that came since is not written over.
    pause_when_opened = forms.DateField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.paused_until = self.instance.paused_until
        self.initial["pause_when_opened"] = self.paused_until

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.add_prefix("pause_when_opened") not in self.data or "paused_until" not in cleaned:
            return cleaned
        opened_with = cleaned.get("pause_when_opened")
        if opened_with != self.paused_until:
            if cleaned["paused_until"] not in (opened_with, self.paused_until):
                self.add_error("paused_until", _("This pause was changed while you had the diary open."))
            cleaned["paused_until"] = self.paused_until
        return cleaned

    def save(self, commit: bool = True) -> Any:
        if self.cleaned_data["paused_until"] != self.paused_until:
            self.instance.paused_by = PausedBy.PRACTICE
        return super().save(commit=commit)
