"""The page types that the API serves: every one that can be made in the page tree."""

from wagtail.models import Page, get_page_models


def page_types() -> list[type[Page]]:
    return [model for model in get_page_models() if model is not Page]


def page_type_labels() -> list[str]:
    return sorted(model._meta.label for model in page_types())
