"""The page types that the API serves: every one that can be made in the page tree."""

from django.utils.translation import gettext as _
from wagtail.models import Page, get_page_models


def page_types() -> list[type[Page]]:
    return [model for model in get_page_models() if model is not Page]


def page_type_labels() -> list[str]:
    return sorted(model._meta.label for model in page_types())


def page_type_label(text: str) -> str:
    """Return the label that is written like this, in whatever case. Raise `ValueError` if there is none."""
    for label in page_type_labels():
        if label.lower() == text.lower():
            return label
    raise ValueError(_("There is no page type %(type)s.") % {"type": text})
