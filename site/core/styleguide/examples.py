"""Sample data for the style guide."""

from datetime import date
from types import SimpleNamespace

from django import forms
from django.core.paginator import Page, Paginator
from django.utils.translation import gettext_lazy as _

from core.long_text import LongTextInput


class ExampleForm(forms.Form):
    """One field of each kind, with a hint where a hint belongs."""

    name = forms.CharField(label=_("What should we call you?"), max_length=80)
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("We write to you only here."),
        error_messages={"invalid": _("Enter an e-mail address with an @, like name@example.org.")},
    )
    message = forms.CharField(
        label=_("What brings you here"), widget=LongTextInput(attrs={"rows": 4}), required=False
    )
    length = forms.ChoiceField(
        label=_("How long has it been going on?"),
        choices=[("", _("Choose one")), ("weeks", _("A few weeks")), ("years", _("A year or more"))],
        error_messages={"required": _("Choose how long it has been going on.")},
    )
    format = forms.ChoiceField(
        label=_("How would you like to meet?"),
        choices=[("video", _("Video")), ("phone", _("Phone"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how you would like to meet.")},
    )
    times = forms.MultipleChoiceField(
        label=_("When are you free?"),
        choices=[("morning", _("Mornings")), ("evening", _("Evenings"))],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose as many as you like."),
        error_messages={"required": _("Choose at least one time.")},
    )
    agreed = forms.BooleanField(
        label=_("You may keep my answers so that you can suggest a therapist."),
        error_messages={"required": _("We can only suggest a therapist if you agree to this.")},
    )


def empty_form() -> ExampleForm:
    return ExampleForm(prefix="empty")


def refused_form() -> ExampleForm:
    return ExampleForm(data={"refused-name": "Sam", "refused-email": "sam at example"}, prefix="refused")


def empty_field(name: str) -> dict[str, forms.BoundField]:
    return {"field": empty_form()[name]}


def refused_field(name: str) -> dict[str, forms.BoundField]:
    return {"field": refused_form()[name]}


def middle_page() -> Page:
    return Paginator(range(60), 20).page(2)


def reviewed_page() -> SimpleNamespace:
    return SimpleNamespace(
        title="Fees",
        last_reviewed=date(2026, 10, 14),
        next_review_due=date(2028, 10, 14),
        reviewer=SimpleNamespace(name="Dr Sample", credentials="consultant clinical psychologist"),
    )
