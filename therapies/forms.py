from collections.abc import Iterable, Sequence
from typing import Any, cast

from django import forms
from django.forms.models import ModelChoiceIterator
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from therapies.comparing.pairs import FEWEST, MOST


class SourceChooser(forms.CheckboxSelectMultiple):
    """Shows the sources that are chosen, and a search for others: there are hundreds."""

    template_name = "wagtailadmin/widgets/source_chooser.html"

    class Media:
        css = {"all": ["admin_css/facts.css"]}
        js = ["js/source_chooser.js"]

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["search_url"] = reverse("search_sources")
        return context

    def optgroups(self, name: str, value: list[str], attrs: Any = None) -> list[Any]:
        """Return the options that are chosen, and ask for no others."""
        keys = [key for key in value if str(key).isdecimal()]
        choices = cast(ModelChoiceIterator, self.choices)
        chosen = choices.queryset.filter(pk__in=keys) if keys else []
        return [
            (None, [self.create_option(name, one.pk, str(one), True, index, attrs=attrs)], index)
            for index, one in enumerate(chosen)
        ]


class ComparisonForm(forms.Form):
    """Choose which therapies to see side by side. Sent by GET: the answer is an address."""

    therapy = forms.MultipleChoiceField(
        label=_("Which therapies would you like to compare?"),
        help_text=_("Choose two, three or four."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choose two, three or four therapies."),
            "invalid_choice": _("One of these is not a therapy that we describe. Choose from the list."),
        },
    )

    def __init__(self, *args: Any, therapies: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        """`therapies` are the choices: the name in an address, and the name for readers."""
        super().__init__(*args, **kwargs)
        choice = cast(forms.MultipleChoiceField, self.fields["therapy"])
        choice.choices = list(therapies)

    @classmethod
    def about(cls, names: Sequence[str], therapies: Iterable[tuple[str, str]]) -> "ComparisonForm":
        """Return the form with these chosen, to be changed."""
        return cls(initial={"therapy": names}, therapies=therapies)

    def clean_therapy(self) -> list[str]:
        names = list(dict.fromkeys(self.cleaned_data["therapy"]))
        if len(names) < FEWEST:
            raise forms.ValidationError(_("Choose at least one more therapy to compare with."))
        if len(names) > MOST:
            raise forms.ValidationError(_("Choose no more than four, so that the table can be read."))
        return names
