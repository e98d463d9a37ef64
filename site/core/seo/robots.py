from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from core.languages import override_language


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Allow everything public to be indexed, except searches and the steps of an enquiry."""
    searches = []
    for code, _name in settings.LANGUAGES:
        with override_language(code):
            searches.append(reverse("search:search"))
    context = {"sitemap": request.build_absolute_uri("/sitemap.xml"), "searches": searches}
    return render(request, "robots.txt", context, content_type="text/plain; charset=utf-8")
