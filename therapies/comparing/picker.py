"""What every page needs to lead its reader to a comparison."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from wagtail.models import Page

from therapies.comparing import pairs
from therapies.forms import ComparisonForm


def compare_address(index: Page, request: HttpRequest | None = None) -> str:
    """Where the form of `index`, the list of therapies, is sent."""
    return f"{index.get_url(request) or ''}compare/"


def comparison_address(index: Page, names: Iterable[str], request: HttpRequest | None = None) -> str:
    return f"{compare_address(index, request)}{pairs.address(names)}/"


def picker(
    form: ComparisonForm, index: Page, names: Iterable[str] = (), request: HttpRequest | None = None
) -> dict[str, Any]:
    """The context of a page that offers other comparisons; `names` are the therapies it compares."""
    names = list(names)
    own_address = comparison_address(index, names, request) if names else compare_address(index, request)
    root = "" if own_address.startswith("http") else index.get_site().root_url
    return {
        "form": form,
        "compare_address": compare_address(index, request),
        "canonical_url": f"{root}{own_address}",
    }
