from django import forms
from django.utils.translation import gettext_lazy as _

MOST_CHARACTERS = 120


class SearchForm(forms.Form):
    """The words to search for. Empty is valid: the page then shows where to begin."""

    query = forms.CharField(
        label=_("What are you looking for?"),
        required=False,
        max_length=MOST_CHARACTERS,
        error_messages={
            "max_length": _("Use fewer words: %(limit_value)d letters at most."),
            "null_characters_not_allowed": _("Some of these characters cannot be searched for."),
        },
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
