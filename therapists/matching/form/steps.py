"""The steps of the matching form. Each asks only what changes the match, or safety.

The answers of all steps travel together: every step reads its own part of what was posted.
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

from core.languages import active_language, default_language, in_language, versions_in
from therapies.models import ConcernPage, TherapyPage
from therapists.enquiries.answers import ANSWERS, EnquiryAnswers
from therapists.enquiries.enums import Priority, StartHorizon
from therapists.enums import ClientGroup, DayPart, Gender, Language, SessionFormat, Weekday
from therapists.matching.form.questions import Wording
from therapists.matching.inputs.uk_time import UK, in_uk_time, time_zones
from therapists.matching.text.visitor import slot_name
from therapists.models import TherapistPage

YES, NO = "yes", "no"
YES_OR_NO = [(YES, _("Yes")), (NO, _("No"))]
#: For someone who does not find themselves in the list.
SOMETHING_ELSE = "other"
#: For someone who would rather the practice chose.
THE_PRACTICE = "practice"

HIGHEST_BUDGET = Decimal(1000)

type Choices = Sequence[tuple[str, str | Promise]]


@dataclass(frozen=True, slots=True)
class Offered:
    """What can be chosen today: the published pages, and the languages that someone here speaks."""

    concerns: Choices
    therapies: Choices
    languages: Choices

    @classmethod
    def today(cls) -> "Offered":
        spoken = {
            language
            for languages in TherapistPage.objects.published().values_list("languages", flat=True)
            for language in languages
        } - {Language.ENGLISH.value}
        return cls(
            concerns=_titles(ConcernPage.objects.published()),
            therapies=_titles(TherapyPage.objects.published()),
            languages=[choice for choice in Language.choices if choice[0] in spoken],
        )


def _titles(pages: Any) -> Choices:
    """The pages that profiles refer to, each by the name it has in the language that is spoken."""
    chosen = list(in_language(pages, default_language()).order_by("title").only("title", "translation_key"))
    versions = versions_in(active_language(), chosen)
    return [(str(page.pk), versions.get(page.pk, page).title) for page in chosen]


class StepForm(forms.Form):
    """One step, in the words that the editors gave its questions."""

    use_required_attribute = False

    def __init__(
        self, data: Any = None, *, offered: Offered, wordings: Mapping[str, Wording], **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self.offered = offered
        for name, field in self.fields.items():
            if name in wordings:
                field.label = wordings[name].label
                field.help_text = wordings[name].help_text
        self.offer()

    def offer(self) -> None:
        """Fill the choices that are kept in the database."""

    def choose_from(self, name: str, choices: Choices) -> None:
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

    def is_way_out(self) -> bool:
        """Someone whom this form cannot help: they are shown who can, and nothing is kept."""
        return self.cleaned_data["adult"] == NO or self.cleaned_data["needs_help_today"] == YES


class ConcernsForm(StepForm):
    main_concern = forms.ChoiceField(
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is closest to what brings you here.")},
    )
    other_concerns = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, required=False)

    def offer(self) -> None:
        something_else = (SOMETHING_ELSE, _("Something else, or I am not sure"))
        self.choose_from("main_concern", [*self.offered.concerns, something_else])
        self.choose_from("other_concerns", self.offered.concerns)

    def concerns(self) -> tuple[int, ...]:
        """The main one first."""
        chosen = [self.cleaned_data["main_concern"], *self.cleaned_data["other_concerns"]]
        return tuple(int(key) for key in dict.fromkeys(chosen) if key != SOMETHING_ELSE)


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

    def offer(self) -> None:
        super().offer()
        self.choose_from("approaches", self.offered.therapies)
        self.choose_from("language", [("", _("No, English is fine")), *self.offered.languages])

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

    def offer(self) -> None:
        """UK time, and the zone that was chosen. A script adds the visitor's own."""
        super().offer()
        zones: list[tuple[str, str | Promise]] = [(UK, _("UK time"))]
        chosen = self["time_zone"].value()
        if chosen in time_zones() - {UK}:
            zones.append((chosen, chosen.replace("_", " ")))
        cast(forms.Select, self.fields["time_zone"].widget).choices = zones

    @property
    def shows_time_zone(self) -> bool:
        """Otherwise the page says that the times are in UK time, and only a script offers more."""
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
        """The tick boxes of the week: for each day its name, and each box with its part of the day."""
        boxes = iter(self["slots"])
        for day in Weekday:
            yield day.label, [(next(boxes), part.label) for part in DayPart]


class ChoiceForm(StepForm):
    """Whom to ask, among those suggested just now."""

    choice = forms.ChoiceField(
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose a therapist, or leave it to us."),
            "invalid_choice": _("That therapist can no longer be suggested. Please choose again."),
        },
    )

    def offer(self) -> None:
        self.suggest([])

    def suggest(self, therapists: Choices) -> None:
        self.choose_from("choice", [*therapists, (THE_PRACTICE, _("Please choose for me"))])

    def chosen_therapist(self) -> int | None:
        choice = self.cleaned_data["choice"]
        return None if choice == THE_PRACTICE else int(choice)


def enquiry_answers(
    concerns: tuple[int, ...], preferences: PreferencesForm, times: TimesForm
) -> EnquiryAnswers:
    """What valid steps say together, each choice once."""
    return EnquiryAnswers.from_form(preferences.cleaned_data | times.cleaned_data, concerns=concerns)
