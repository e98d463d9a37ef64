"""The forms of the few questions that are needed, and of the choice of a therapist.

What is asked only if wanted is in `refining`. The answers of all steps are read together, and every form
reads its own fields.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from operator import attrgetter
from typing import Any, cast

from django import forms
from django.db.models import TextChoices
from django.forms.boundfield import BoundWidget
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from core.caching.content_memory import remembered
from core.languages import active_language, default_language, versions_in
from core.linked_pages import all_public_pages
from therapists.enquiries.enums import StartHorizon
from therapists.enums import ClientGroup, Language, SessionFormat
from therapists.matching.form.questions import Wording
from therapists.matching.inputs.ranking_inputs import possible_starts
from therapists.models import TherapistPage

YES, NO = "yes", "no"
YES_OR_NO = [(YES, _("Yes")), (NO, _("No"))]
#: The choice for someone who does not find their concern in the list.
SOMETHING_ELSE = "other"
#: The choice for someone who leaves it to the practice.
THE_PRACTICE = "practice"

OWN_GROUPS: list[tuple[str, str | Promise]] = [
    (ClientGroup.INDIVIDUAL, _("Me")),
    (ClientGroup.COUPLE, _("My partner and me")),
    (ClientGroup.FAMILY, _("My family")),
    (ClientGroup.GROUP, _("A group")),
]
#: The choice for someone to whom every way of meeting is right.
ANY_WAY = "any"
#: So many concerns stand in sight; the rest is folded away. In the order of the editors.
FIRST_CONCERNS = 7


class SomeoneElse(TextChoices):
    """For whom the form cannot ask: it takes the agreement of the person themselves, who is an adult."""

    ADULT = "someone_else", _("Another adult")
    CHILD = "child", _("Someone under 18")


type FieldChoices = Sequence[tuple[str, str | Promise]]


@dataclass(frozen=True, slots=True)
class FormChoices:
    """The choices from the database: published pages, and the languages that a therapist here speaks."""

    concerns: FieldChoices
    therapies: FieldChoices
    languages: FieldChoices
    #: How soon somebody can really begin. Asked only where it is a question.
    starts: Callable[[], Sequence[StartHorizon]] = lambda: list(StartHorizon)

    @classmethod
    def today(cls) -> "FormChoices":
        spoken = _languages_spoken() - {Language.ENGLISH.value}
        return cls(
            concerns=_titles("therapies.ConcernPage", attrgetter("path")),
            therapies=_titles("therapies.TherapyPage", attrgetter("title")),
            languages=[choice for choice in Language.choices if choice[0] in spoken],
            starts=cache(lambda: possible_starts(timezone.localdate())),
        )


@remembered
def _languages_spoken() -> frozenset[str]:
    languages = TherapistPage.objects.published().values_list("languages", flat=True)
    return frozenset(language for spoken in languages for language in spoken)


def _titles(kind: str, order: Callable[[Page], str]) -> FieldChoices:
    """Return the pages that profiles refer to, with their titles in the active language."""
    known = all_public_pages(kind, default_language()).values()
    chosen = sorted((page for page in known if not page.alias_of_id), key=order)
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

    def keep_only(self, names: Collection[str]) -> None:
        """Ask no other question of this step."""
        for name in self.fields.keys() - set(names):
            del self.fields[name]

    def add_given(self, name: str, given: Mapping[str, str]) -> None:
        """Offer what was chosen before too, by its words, where it is no choice for others any more."""
        offered = list(cast("FieldChoices", cast(forms.ChoiceField, self.fields[name]).choices))
        known = {key for key, _words in offered}
        self.set_choices(name, [*offered, *((key, given[key]) for key in given if key not in known)])

    def add_refusal(self, errors: Mapping[str, Sequence[str]]) -> None:
        """Add errors by field name, or of the form as a whole."""
        for name, messages in errors.items():
            self.add_error(name if name in self.fields else None, list(messages))

    def set_choices(self, name: str, choices: FieldChoices | Callable[[], FieldChoices]) -> None:
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

    def fill_choices(self) -> None:
        something_else = (SOMETHING_ELSE, _("Something else, or I am not sure"))
        first, rest = self.choices.concerns[:FIRST_CONCERNS], self.choices.concerns[FIRST_CONCERNS:]
        self.set_choices("main_concern", [*first, something_else, *rest])

    def first_boxes(self) -> list[BoundWidget]:
        """Return the choices that stand in sight: the last of them is for whoever is not sure."""
        return list(self["main_concern"])[: FIRST_CONCERNS + 1]

    def further_boxes(self) -> list[BoundWidget]:
        """Return the choices that are folded away."""
        return list(self["main_concern"])[FIRST_CONCERNS + 1 :]

    @property
    def has_chosen_further(self) -> bool:
        return any(box.data["selected"] for box in self.further_boxes())


class ForWhomForm(StepForm):
    client_group = forms.ChoiceField(
        choices=OWN_GROUPS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say who it is for.")},
    )


class WhoForm(ForWhomForm):
    """Who would come. For another person this form can do nothing: they are told what can be done."""

    def fill_choices(self) -> None:
        super().fill_choices()
        self.set_choices("client_group", [*OWN_GROUPS, *SomeoneElse.choices])

    @property
    def someone_else(self) -> SomeoneElse | None:
        """Whom they ask for, where it is not themselves. The form has to be valid."""
        chosen = self.cleaned_data["client_group"]
        return SomeoneElse(chosen) if chosen in SomeoneElse else None


class HowForm(StepForm):
    """How to meet, and roughly when."""

    formats = forms.MultipleChoiceField(
        choices=[*SessionFormat.choices, (ANY_WAY, _("Any of these will do"))],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one way to meet.")},
    )
    start_within = forms.TypedChoiceField(
        choices=[("", _("I do not mind")), *StartHorizon.choices],
        coerce=lambda value: StartHorizon(int(value)),
        empty_value=None,
        required=False,
    )

    def fill_choices(self) -> None:
        """Offer only what can be. What was chosen while it still could be stays."""
        super().fill_choices()
        kept = {*map(str, self.choices.starts()), str(self["start_within"].value() or "")}
        offered = [(str(one.value), one.label) for one in StartHorizon if str(one.value) in kept]
        self.set_choices("start_within", [("", _("I do not mind")), *offered])

    def clean_formats(self) -> list[str]:
        chosen = self.cleaned_data["formats"]
        return SessionFormat.values if ANY_WAY in chosen else chosen


class ChoiceForm(StepForm):
    """Whom to ask, among the therapists suggested today: they are asked for where someone chose, or is to."""

    choice = forms.ChoiceField(
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose a therapist, or leave it to us."),
            "invalid_choice": _("That therapist can no longer be suggested. Please choose again."),
        },
    )

    def fill_choices(self) -> None:
        self.set_therapists(list)

    def set_therapists(self, therapists: Callable[[], FieldChoices]) -> None:
        self.set_choices("choice", lambda: [*therapists(), (THE_PRACTICE, _("Please choose for me"))])

    def chosen_therapist(self) -> int | None:
        choice = self.cleaned_data["choice"]
        return None if choice == THE_PRACTICE else int(choice)
