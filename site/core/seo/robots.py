from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from core.languages import speaking


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Everything that is public may be indexed, but for searches and the way to an enquiry's steps."""
    searches = []
    for code, _name in settings.LANGUAGES:
        with speaking(code):
            searches.append(reverse("search:search"))
    context = {"sitemap": request.build_absolute_uri("/sitemap.xml"), "searches": searches}
    return render(request, "robots.txt", context, content_type="text/plain; charset=utf-8")
