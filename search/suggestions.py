"""Suggestions for the search box while someone types."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail.models import Page, Site

from home.models import CrisisHelp
from home.navigation import help_url
from home.urgent_words import urgent_groups
from search.forms import SearchForm
from search.models import OtherHelp
from search.other_help import other_help_begun
from search.query import suggest

FEWEST_LETTERS = 2
MOST_SUGGESTIONS = 8


@require_safe
@never_cache
def suggestions(request: HttpRequest) -> JsonResponse:
    """Return pages by kind, and a sentence with their number for screen readers."""
    form = SearchForm(request.GET)
    if not form.is_valid():
        return JsonResponse({"status": form.errors["query"][0], "groups": []}, status=400)
    words = form.cleaned_data["query"]
    if len(words) < FEWEST_LETTERS:
        return JsonResponse({"status": "", "groups": []})
    pages = suggest(words, MOST_SUGGESTIONS)
    first = [_help(request)] if urgent_groups(words) else []
    elsewhere = other_help_begun(words)
    if elsewhere:
        first.append(_elsewhere(elsewhere))
    count = len(pages) + sum(len(group["pages"]) for group in first)
    return JsonResponse({"status": _status(count), "groups": first + _by_kind(pages, request)})


def _status(count: int) -> str:
    if not count:
        return _("No suggestions. You can still search.")
    sentence = ngettext(
        "%(count)s suggestion. Use the arrow keys to reach it.",
        "%(count)s suggestions. Use the arrow keys to reach them.",
        count,
    )
    return sentence % {"count": count}


def _help(request: HttpRequest) -> dict[str, Any]:
    """The way to urgent help, before any page that was found."""
    heading = CrisisHelp.for_request(request).heading
    url = help_url(Site.find_for_request(request))
    return {"kind": _("You can talk to someone now"), "pages": [{"title": heading, "url": url}]}


def _elsewhere(found: list[OtherHelp]) -> dict[str, Any]:
    """What the practice does not treat: each leads to a search, which says so and who does."""
    search = reverse("search:search")
    pages = [{"title": one.subject, "url": f"{search}?{urlencode({'query': one.subject})}"} for one in found]
    return {"kind": _("Who helps elsewhere"), "pages": pages}


def _by_kind(pages: list[Page], request: HttpRequest) -> list[dict[str, Any]]:
    """Group pages by kind: the kind of the best match first, and the best match first in each."""
    groups: dict[str, list[dict[str, str]]] = {}
    for page in pages:
        found = {"title": page.title, "url": page.get_url(request) or ""}
        groups.setdefault(str(page.kind_label), []).append(found)
    return [{"kind": kind, "pages": members} for kind, members in groups.items()]
