"""Wagtail's user bar for a page in another front end. Only editors get one."""

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe
from wagtail.admin.userbar import Userbar
from wagtail.models import Page

from core.preview.front_ends import origins
from core.preview.tokens import OutdatedTokenError, WrongTokenError, snapshot_for, token_in

NO_CONTENT = 204


@require_safe
def front_end_userbar(request: HttpRequest) -> HttpResponse:
    """Return the user bar of a preview, by its token, or of a published page, by its `id` and the session.

    That of a preview brings the links from what is shown to its field in the editor.
    Whoever is not an editor gets an empty answer and no error, for the page of every reader asks.
    """
    if not origins():
        raise Http404
    is_preview = bool(token_in(request))
    html = _bar_of_preview(request) if is_preview else _bar_of_page(request)
    response = HttpResponse(html, status=200 if html else NO_CONTENT)
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    patch_vary_headers(response, ["Cookie", "Authorization"])
    if not is_preview and request.headers.get("origin") in origins():
        # The one address that a front end may send an editor's cookie to.
        response["Access-Control-Allow-Credentials"] = "true"
    return response


def _bar_of_preview(request: HttpRequest) -> str:
    try:
        snapshot = snapshot_for(request)
    except (WrongTokenError, OutdatedTokenError):
        return ""
    request.user = snapshot.user
    vars(request).update(
        is_preview=True,
        is_editing=snapshot.is_editing,
        in_preview_panel=request.GET.get("in_preview_panel") == "true",
        failed_checks=snapshot.failed_checks,
    )
    links = render_to_string("previews/edit_links.html", {"request": request})
    return Userbar(object=snapshot.page).render_html({"request": request}) + links


def _bar_of_page(request: HttpRequest) -> str:
    if not request.user.has_perm("wagtailadmin.access_admin"):
        return ""
    given = request.GET.get("id", "")
    page = Page.objects.filter(pk=int(given)).first() if given.isdecimal() and len(given) < 10 else None
    return Userbar(object=page.specific if page else None).render_html({"request": request})
