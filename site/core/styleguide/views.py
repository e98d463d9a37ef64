from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.styleguide.registry import entries


@never_cache
@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """Show the style guide to staff and in development; 404 to everyone else."""
    if not (settings.DEBUG or request.user.is_staff):
        raise Http404
    return render(request, "styleguide/styleguide.html", {"entries": entries()})
