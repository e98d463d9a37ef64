"""Pictures as files, where no web server in front serves them: in the demo and in development."""

from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.csp import CSP
from django.views.decorators.csp import csp_override
from django.views.static import serve


@csp_override({"default-src": [CSP.NONE]})
def serve_rendition(request: HttpRequest, path: str) -> HttpResponseBase:
    """Serve a file below `images/` of MEDIA_ROOT, where the resized pictures are, and nothing else.

    Originals and documents are beside that folder: Wagtail's own views ask who may have them. So the path is
    resolved first, links and dots included.
    """
    folder = Path(settings.MEDIA_ROOT, "images").resolve()
    try:
        file = (folder / path).resolve(strict=True)
    except (OSError, ValueError) as error:  # there is no such file, or there can be none
        raise Http404 from error
    if "\\" in path or not file.is_relative_to(folder) or not file.is_file():
        raise Http404
    return serve(request, str(file.relative_to(folder)), document_root=str(folder))
