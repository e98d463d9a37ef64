"""What a therapist may propose for their own profile."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.forms.models import fields_for_model
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.long_text import LongTextInput
from therapies.models import ConcernPage
from therapists.enums import ClientGroup, Language, SessionFormat
from therapists.models import ClientGroupFee, TherapistPage
from therapists.profile_changes import OWN_FIELDS, OWN_LEVELS, Fees, Wishes, fees_of, own_concerns

LONG_TEXTS = ("how_i_work", "first_meeting", "about_me", "access_details")
HELP: dict[str, Any] = {
    "own_sentence": _("The first thing a visitor reads of you."),
    "access_details": _("Captions, step-free rooms, breaks, written notes: what someone can count on."),
}


class ProfileProposalForm(forms.Form):
    """Of the newest draft, so that what they proposed before stands there too."""

    began_with = forms.IntegerField(widget=forms.HiddenInput, required=False)
    formats = forms.MultipleChoiceField(
        label=_("Ways to meet"),
        choices=SessionFormat.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one way to meet.")},
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        choices=Language.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one language.")},
    )
    works_with = forms.MultipleChoiceField(
        label=_("You work with"), widget=forms.CheckboxSelectMultiple, required=False
    )
    does_not_take = forms.MultipleChoiceField(
        label=_("You do not take"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, draft: TherapistPage, data: QueryDict | None = None) -> None:
        concerns, fees = own_concerns(draft), fees_of(draft)
        initial = {name: getattr(draft, name) for name in OWN_FIELDS}
        initial |= {level.value: [pk for pk, of in concerns.items() if of == level] for level in OWN_LEVELS}
        for group, (fee, reduced) in fees.items():
            initial |= {f"fee_{group}": fee, f"reduced_{group}": reduced}
        super().__init__(data, initial=initial | {"began_with": draft.latest_revision_id})
        self._add_texts()
        settled = [row.concern_id for row in draft.concerns.all() if row.level not in OWN_LEVELS]
        asked = ConcernPage.objects.published().exclude(pk__in=settled).order_by("title")
        self.asked_about = dict(asked.values_list("pk", "title"))
        for level in OWN_LEVELS:
            self.fields[level.value].choices = list(self.asked_about.items())  # type: ignore[attr-defined]
        for group in ClientGroup:
            self._add_fees(group)

    def _add_texts(self) -> None:
        texts = fields_for_model(
            TherapistPage,
            fields=[name for name in OWN_FIELDS if name not in self.fields],
            widgets={name: LongTextInput(attrs={"rows": 5}) for name in LONG_TEXTS},
            help_texts={"pronouns": "", "location": ""} | HELP,
        )
        self.fields.update(texts)

    def _add_fees(self, group: ClientGroup) -> None:
        def pounds(label: str) -> forms.DecimalField:
            return forms.DecimalField(
                label=label,
                max_digits=6,
                decimal_places=2,
                required=False,
                validators=[MinValueValidator(0)],
                widget=forms.NumberInput(attrs={"step": "0.01", "inputmode": "decimal"}),
            )

        words = {"group": group.label}
        self.fields[f"fee_{group}"] = pounds(gettext("%(group)s: fee for a session, in pounds") % words)
        self.fields[f"reduced_{group}"] = pounds(gettext("%(group)s: reduced fee, in pounds") % words)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if SessionFormat.IN_PERSON in cleaned.get("formats", []) and not cleaned.get("location"):
            self.add_error("location", _("Say in which town you meet people in person."))
        if set(cleaned.get("works_with", [])) & set(cleaned.get("does_not_take", [])):
            self.add_error("does_not_take", _("You named a concern here that you also work with."))
        self._clean_fees(cleaned)
        return cleaned

    def _clean_fees(self, cleaned: dict[str, Any]) -> None:
        for group in ClientGroup:
            fee, reduced = cleaned.get(f"fee_{group}"), cleaned.get(f"reduced_{group}")
            if fee is None and reduced is not None:
                self.add_error(f"fee_{group}", _("Give the full fee too."))
            elif fee is not None:
                try:
                    ClientGroupFee(group=group, fee=fee, reduced_fee=reduced).clean()
                except ValidationError as error:
                    self.add_error(f"reduced_{group}", error.messages)
        if not self.errors and not any(cleaned.get(f"fee_{group}") is not None for group in ClientGroup):
            self.add_error(f"fee_{ClientGroup.INDIVIDUAL}", _("Give at least one fee."))

    def wishes(self) -> Wishes:
        """Return what they wish, of a form that is valid."""
        told = self.cleaned_data
        fees: Fees = {}
        for group in ClientGroup:
            fee: Decimal | None = told.get(f"fee_{group}")
            if fee is not None:
                fees[group.value] = (fee, told.get(f"reduced_{group}"))
        return Wishes(
            fields={name: told[name] for name in OWN_FIELDS},
            concerns={int(pk): level.value for level in OWN_LEVELS for pk in told[level.value]},
            asked_about=self.asked_about,
            fees=fees,
        )

    @property
    def in_words(self) -> list[forms.BoundField]:
        return [
            self[name] for name in ("own_sentence", "how_i_work", "first_meeting", "about_me", "pronouns")
        ]

    @property
    def in_meetings(self) -> list[forms.BoundField]:
        return [self[name] for name in ("formats", "location", "access_details", "languages")]

    @property
    def in_fees(self) -> list[forms.BoundField]:
        return [self[f"{kind}_{group}"] for group in ClientGroup for kind in ("fee", "reduced")]
