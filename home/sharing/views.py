from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe
from wagtail.models import Page

from home.languages import speaking_as
from home.sharing.card import words_of
from home.sharing.subject import Subject
from home.visibility import public

A_DAY, A_YEAR = 86_400, 31_536_000


@require_safe
def shared_picture(request: HttpRequest, page_id: int, digest: str) -> HttpResponse:
    """The drawn picture of a public page."""
    page = get_object_or_404(public(Page.objects.filter(pk=page_id, depth__gt=1))).specific
    with speaking_as(page):
        return drawn_picture(page, request, digest)


def drawn_picture(subject: Subject, request: HttpRequest, digest: str) -> HttpResponse:
    """The address of an older picture leads to the newest."""
    words = words_of(subject, request)
    if digest != words.digest:
        return HttpResponseRedirect(subject.drawing_address(words.digest))
    png = cache.get_or_set(f"shared-picture-{digest}", words.draw, A_DAY)
    response = HttpResponse(png, content_type="image/png")
    patch_cache_control(response, public=True, max_age=A_YEAR, immutable=True)
    return response
