"""Finds sources for the editor of a fact."""

from django.db.models import Q
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from therapies.models import Reference

MOST_FOUND = 20
LONGEST_SEARCH = 200


@require_safe
def search_sources(request: HttpRequest) -> JsonResponse:
    """Answer with the sources that have each of the words in their citation or key."""
    found = Reference.objects.order_by("citation")
    for word in request.GET.get("q", "")[:LONGEST_SEARCH].replace("\0", "").split():
        found = found.filter(Q(citation__unaccent__icontains=word) | Q(key__icontains=word))
    sources = [{"id": source.pk, "text": str(source)} for source in found[:MOST_FOUND]]
    return JsonResponse({"sources": sources})
