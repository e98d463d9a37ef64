from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from home.urgent_words import urgent_groups
from search.forms import SearchForm
from search.grouping import grouped
from search.highlighting import highlight
from search.other_help import other_help
from search.query import find, promoted, starting_pages

RESULTS_ON_A_PAGE = 10


@require_safe
@never_cache
def search(request: HttpRequest) -> HttpResponse:
    """Show the search page. Invalid search words are answered with a reason and status 400."""
    form = SearchForm(request.GET)
    context: dict[str, Any] = {"form": form}
    if not form.is_valid():
        context["starting_pages"] = starting_pages(request)
        return render(request, "pages/search.html", context, status=400)
    words = form.cleaned_data["query"]
    context["words"] = words
    if words:
        found = find(words)
        context["groups_of_help"] = urgent_groups(words)
        context["elsewhere"] = other_help(words)
        listing = Paginator(found.ids, RESULTS_ON_A_PAGE).get_page(request.GET.get("page"))
        pages = found.pages(max(listing.start_index() - 1, 0), listing.end_index())
        context |= {
            "found": found,
            "listing": listing,
            "groups": grouped(highlight(pages, found.words)),
            "promotions": promoted(words) if listing.number == 1 else [],
            "listing_query": f"{urlencode({'query': words})}&",
        }
    if not (words and found.count):
        context["starting_pages"] = starting_pages(request)
    return render(request, "pages/search.html", context)
