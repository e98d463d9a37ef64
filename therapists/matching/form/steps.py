"""The forms of the steps up to the choice of a therapist. Each asks only what affects the match, or safety.

The answers of all steps are posted together, and every form reads its own fields.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.forms.boundfield import BoundWidget
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.languages import active_language, default_language, versions_in
from core.linked_pages import all_public_pages
from therapists.enquiries.answers import ANSWERS
from therapists.enquiries.enums import Priority, StartHorizon
from therapists.enums import ClientGroup, DayPart, Gender, Language, SessionFormat, Weekday
from therapists.matching.form.questions import Wording
from therapists.matching.inputs.uk_time import UK, in_uk_time, time_zones
from therapists.matching.text.visitor import slot_name
from therapists.models import TherapistPage

YES, NO = "yes", "no"
YES_OR_NO = [(YES, _("Yes")), (NO, _("No"))]
#: The choice for someone who does not find their concern in the list.
SOMETHING_ELSE = "other"
#: The choice for someone who leaves it to the practice.
THE_PRACTICE = "practice"

HIGHEST_BUDGET = Decimal(1000)

type FieldChoices = Sequence[tuple[str, str | Promise]]


@dataclass(frozen=True, slots=True)
class FormChoices:
    """The choices from the database: published pages, and the languages that a therapist here speaks."""

    concerns: FieldChoices
    therapies: FieldChoices
    languages: FieldChoices

    @classmethod
    def today(cls) -> "FormChoices":
        spoken = {
            language
            for languages in TherapistPage.objects.published().values_list("languages", flat=True)
            for language in languages
        } - {Language.ENGLISH.value}
        return cls(
            concerns=_titles("therapies.ConcernPage"),
            therapies=_titles("therapies.TherapyPage"),
            languages=[choice for choice in Language.choices if choice[0] in spoken],
        )


def _titles(kind: str) -> FieldChoices:
    """Return the pages that profiles refer to, with their titles in the active language."""
    chosen = all_public_pages(kind, default_language()).values()
    versions = versions_in(active_language(), chosen)
    return [(str(page.pk), versions.get(page.pk, page).title) for page in chosen]


class StepForm(forms.Form):
    """One step, with the labels and help texts that the editors gave its questions."""

    use_required_attribute = False

    def __init__(
        self, data: Any = None, *, choices: FormChoices, wordings: Mapping[str, Wording], **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self.choices = choices
        for name, field in self.fields.items():
            if name in wordings:
                field.label = wordings[name].label
                field.help_text = wordings[name].help_text
        self.fill_choices()

    def fill_choices(self) -> None:
        """Fill in the choices that come from the database."""

    def add_refusal(self, errors: Mapping[str, Sequence[str]]) -> None:
        """Add errors by field name, or of the form as a whole."""
        for name, messages in errors.items():
            self.add_error(name if name in self.fields else None, list(messages))

    def set_choices(self, name: str, choices: FieldChoices) -> None:
        """Set the choices of a choice field."""
        cast(forms.ChoiceField, self.fields[name]).choices = choices


class SafetyForm(StepForm):
    adult = forms.ChoiceField(
        choices=YES_OR_NO,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether you are 18 or over.")},
    )
    needs_help_today = forms.ChoiceField(
        choices=YES_OR_NO,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether you need help today.")},
    )

    def needs_other_help(self) -> bool:
        """Return whether this form cannot help the visitor. They are shown who can, and nothing is stored."""
        return self.cleaned_data["adult"] == NO or self.cleaned_data["needs_help_today"] == YES


class ConcernsForm(StepForm):
    main_concern = forms.ChoiceField(
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is closest to what brings you here.")},
    )
    other_concerns = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, required=False)

    def fill_choices(self) -> None:
        something_else = (SOMETHING_ELSE, _("Something else, or I am not sure"))
        self.set_choices("main_concern", [*self.choices.concerns, something_else])
        self.set_choices("other_concerns", self.choices.concerns)

    def concerns(self) -> tuple[int, ...]:
        """Return the primary keys of the chosen concerns, the main one first where it has one."""
        chosen = [self.cleaned_data["main_concern"], *self.cleaned_data["other_concerns"]]
        return tuple(int(key) for key in dict.fromkeys(chosen) if key != SOMETHING_ELSE)

    def main_is_unlisted(self) -> bool:
        """Return whether the main concern is none of those that were chosen."""
        return self.cleaned_data["main_concern"] == SOMETHING_ELSE and bool(self.concerns())


class PreferencesForm(StepForm):
    formats = forms.MultipleChoiceField(
        choices=SessionFormat.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one way to meet.")},
    )
    approaches = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, required=False)
    genders = forms.MultipleChoiceField(
        choices=Gender.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    gender_is_essential = forms.BooleanField(required=False)
    language = forms.ChoiceField(required=False)
    language_is_essential = forms.BooleanField(required=False)

    def fill_choices(self) -> None:
        super().fill_choices()
        self.set_choices("approaches", self.choices.therapies)
        self.set_choices("language", [("", _("No, English is fine")), *self.choices.languages])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("gender_is_essential") and not cleaned.get("genders"):
            self.add_error("genders", _("Say which is essential to you, or untick “essential”."))
        if cleaned.get("language_is_essential") and not cleaned.get("language"):
            self.add_error("language", _("Choose the language that you need, or untick the box below it."))
        return cleaned


class TimesForm(StepForm):
    client_group = forms.ChoiceField(
        choices=[
            (ClientGroup.INDIVIDUAL, _("Me")),
            (ClientGroup.COUPLE, _("My partner and me")),
            (ClientGroup.FAMILY, _("My family")),
            (ClientGroup.GROUP, _("A group")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say who it is for.")},
    )
    slots = forms.MultipleChoiceField(
        choices=lambda: [(f"{day}-{part}", slot_name((day, part))) for day in Weekday for part in DayPart],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    time_zone = forms.CharField(required=False, widget=forms.Select)
    only_these_slots = forms.BooleanField(required=False)
    start_within = forms.TypedChoiceField(
        choices=[("", _("I do not mind")), *StartHorizon.choices],
        coerce=lambda value: StartHorizon(int(value)),
        empty_value=None,
        widget=forms.RadioSelect,
        required=False,
    )
    budget = forms.DecimalField(
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
    matters_most = forms.ChoiceField(
        choices=[("", _("Nothing stands out")), *Priority.choices],
        widget=forms.RadioSelect,
        required=False,
    )

    def fill_choices(self) -> None:
        """Offer UK time and the chosen time zone. A script adds the visitor's own."""
        super().fill_choices()
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


class ChoiceForm(StepForm):
    """Whom to ask, among the therapists suggested today."""

    choice = forms.ChoiceField(
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose a therapist, or leave it to us."),
            "invalid_choice": _("That therapist can no longer be suggested. Please choose again."),
        },
    )

    def fill_choices(self) -> None:
        self.set_therapists([])

    def set_therapists(self, therapists: FieldChoices) -> None:
        self.set_choices("choice", [*therapists, (THE_PRACTICE, _("Please choose for me"))])

    def chosen_therapist(self) -> int | None:
        choice = self.cleaned_data["choice"]
        return None if choice == THE_PRACTICE else int(choice)
