"""The pages of the reference: what there is, one operation, one shape."""

from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.content_api.description.openapi import document
from core.content_api.reference.reading import operations, shape


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    described = document()
    by_tag = [(tag, list(group)) for tag, group in groupby(operations(described), lambda shown: shown.tag)]
    context = {
        "info": described["info"],
        "start": described["servers"][0]["url"],
        "by_tag": by_tag,
        "shapes": list(described["components"]["schemas"]),
    }
    return render(request, "api_reference/overview.html", context)


@require_safe
def operation(request: HttpRequest, key: str) -> HttpResponse:
    described = document()
    shown = next((one for one in operations(described) if one.key == key), None)
    if shown is None:
        raise Http404
    start = described["servers"][0]["url"]
    return render(request, "api_reference/operation.html", {"operation": shown, "start": start})


@require_safe
def shape_page(request: HttpRequest, name: str) -> HttpResponse:
    described = document()
    if name not in described["components"]["schemas"]:
        raise Http404
    return render(request, "api_reference/shape.html", {"shape": shape(described, name)})
