"""The addresses of comparisons below a list of therapies, and the form that leads to them."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from wagtail.models import Page

from therapies.comparing import pairs
from therapies.forms import ComparisonForm


def compare_url(index: Page, request: HttpRequest | None = None) -> str:
    """Return where the form of `index`, the list of therapies, is sent."""
    return f"{index.get_url(request) or ''}{pairs.COMPARE}"


def comparison_url(index: Page, names: Iterable[str], request: HttpRequest | None = None) -> str:
    return f"{index.get_url(request) or ''}{pairs.path_below_list(names)}"


def chooser_context(form: ComparisonForm, index: Page, request: HttpRequest | None = None) -> dict[str, Any]:
    """Return the context of the page that offers every comparison."""
    own_url = compare_url(index, request)
    root = "" if own_url.startswith("http") else index.get_site().root_url
    return {"form": form, "compare_address": own_url, "canonical_url": f"{root}{own_url}"}
