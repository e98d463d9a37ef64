"""What makes the suggestions fit better. Every question may be left out, and each says what it changes."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.forms.boundfield import BoundField, BoundWidget
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.sums_of_money import PoundsField
from therapists.enquiries.answers import ANSWERS
from therapists.enquiries.enums import Priority
from therapists.enums import DayPart, Gender, Weekday
from therapists.matching.form.chosen_words import words_of
from therapists.matching.form.steps import StepForm
from therapists.matching.inputs.uk_time import UK, in_uk_time, time_zones
from therapists.matching.text.visitor import slot_name

HIGHEST_BUDGET = Decimal(1000)


@dataclass(frozen=True, slots=True)
class RefiningGroup:
    """Questions that are unfolded together."""

    heading: str | Promise
    fields: list[BoundField]
    is_week: bool = False

    @property
    def is_answered(self) -> bool:
        return any(field.value() not in (None, "", [], False) for field in self.fields)

    @property
    def chosen(self) -> list[str]:
        """Return what is answered, in words: of a box that is ticked, what it says."""
        said = []
        for field in self.fields:
            words = words_of(field)
            said += [str(field.label)] if words and isinstance(field.field, forms.BooleanField) else words
        return said

    @property
    def has_errors(self) -> bool:
        return any(field.errors for field in self.fields)


class RefineForm(StepForm):
    """Beside the suggestions. What else brings someone is asked here, once."""

    budget = PoundsField(
        min_value=Decimal(1),
        max_value=HIGHEST_BUDGET,
        decimal_places=2,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        error_messages={
            "invalid": _("Write the sum in figures, like 60 or 47.50."),
            "min_value": _("Write a sum above zero, or leave it empty."),
            "max_value": _("Write the sum for one session, at most %(limit_value)s."),
        },
    )
    budget_is_firm = forms.BooleanField(required=False)
    wants_reduced_fee = forms.BooleanField(required=False)
    slots = forms.MultipleChoiceField(
        choices=lambda: [(f"{day}-{part}", slot_name((day, part))) for day in Weekday for part in DayPart],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    time_zone = forms.CharField(required=False, widget=forms.Select)
    only_these_slots = forms.BooleanField(required=False)
    genders = forms.MultipleChoiceField(
        choices=Gender.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    gender_is_essential = forms.BooleanField(required=False)
    language = forms.ChoiceField(required=False)
    language_is_essential = forms.BooleanField(required=False)
    approaches = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, required=False)
    matters_most = forms.ChoiceField(
        choices=[("", _("Nothing stands out")), *Priority.choices],
        widget=forms.RadioSelect,
        required=False,
    )
    other_concerns = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, required=False)

    def fill_choices(self) -> None:
        super().fill_choices()
        self.set_choices("other_concerns", self.choices.concerns)
        self.set_choices("approaches", self.choices.therapies)
        self.set_choices("language", [("", _("No, English is fine")), *self.choices.languages])
        # UK time and the chosen time zone. A script adds the visitor's own.
        zones: list[tuple[str, str | Promise]] = [(UK, _("UK time"))]
        chosen = self["time_zone"].value()
        if chosen in time_zones() - {UK}:
            zones.append((chosen, chosen.replace("_", " ")))
        cast(forms.Select, self.fields["time_zone"].widget).choices = zones

    @property
    def shows_time_zone(self) -> bool:
        """Whether to show the field. Otherwise the page says “UK time”, and a script may show the field."""
        return bool(self["time_zone"].value() not in {None, "", UK} or self["time_zone"].errors)

    def clean_time_zone(self) -> str:
        zone = self.cleaned_data["time_zone"] or UK
        if zone not in time_zones():
            raise forms.ValidationError(_("Choose UK time or your own time zone."))
        return zone

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("gender_is_essential") and not cleaned.get("genders"):
            self.add_error("genders", _("Say which is essential to you, or untick “essential”."))
        if cleaned.get("language_is_essential") and not cleaned.get("language"):
            self.add_error("language", _("Choose the language that you need, or untick the box below it."))
        if cleaned.get("slots") and cleaned.get("time_zone"):
            slots = ANSWERS["slots"].from_form(cleaned["slots"])
            if not in_uk_time(slots, cleaned["time_zone"], timezone.localdate()):
                self.add_error(
                    "slots",
                    _(
                        "It is night in the UK then. Choose a time between 7 in the morning and 10 in the "
                        "evening UK time."
                    ),
                )
        if cleaned.get("only_these_slots") and not cleaned.get("slots") and "slots" not in self.errors:
            self.add_error("slots", _("Choose the times you can do, or untick “only these times”."))
        if cleaned.get("budget_is_firm") and cleaned.get("budget") is None and "budget" not in self.errors:
            self.add_error("budget", _("Write the most you can pay, or untick the box below it."))
        return cleaned

    def week(self) -> Iterator[tuple[str | Promise, list[tuple[BoundWidget, str | Promise]]]]:
        """Return for each day its name and its tick boxes, each with its part of the day."""
        boxes = iter(self["slots"])
        for day in Weekday:
            yield day.label, [(next(boxes), part.label) for part in DayPart]

    def leave_out(self, main_concern: str) -> None:
        """Ask for no concern a second time, unless it was answered so."""
        chosen = self["other_concerns"].value() or []
        self.set_choices(
            "other_concerns",
            [one for one in self.choices.concerns if one[0] != main_concern or one[0] in chosen],
        )

    def groups(self) -> list[RefiningGroup]:
        return [
            self._group(_("What you can pay"), "budget", "budget_is_firm", "wants_reduced_fee"),
            self._group(_("Times in the week"), "slots", "only_these_slots", is_week=True),
            self._group(_("Who you are at ease with"), "genders", "gender_is_essential"),
            self._group(_("Language"), "language", "language_is_essential"),
            self._group(_("What else brings you"), "other_concerns"),
            self._group(_("A kind of therapy"), "approaches"),
            self._group(_("What matters most"), "matters_most"),
        ]

    def _group(self, heading: str | Promise, *names: str, is_week: bool = False) -> RefiningGroup:
        return RefiningGroup(heading, [self[name] for name in names], is_week)
