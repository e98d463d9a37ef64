from collections.abc import Callable
from functools import wraps
from typing import Concatenate

from django.http import Http404, HttpRequest, HttpResponseBase

from core.languages import language_or_default, override_language
from therapists.enquiries.models import Enquiry
from therapists.enquiries.public.private_page import LinkErased, private_page
from therapists.enquiries.public.progress import enquiry_by_token
from therapists.enquiries.signed_links import Purpose, read_token


def visitor_page[**P](
    view: Callable[Concatenate[HttpRequest, str, Enquiry, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, str, P], HttpResponseBase]:
    """A private page of a visitor's, in the language in which they wrote. The view is given their enquiry."""

    @private_page
    @wraps(view)
    def with_enquiry(request: HttpRequest, token: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        enquiry = enquiry_or_404(token)
        with override_language(language_or_default(enquiry.language)):
            return view(request, token, enquiry, *args, **kwargs)

    return with_enquiry


def enquiry_or_404(token: str) -> Enquiry:
    """Return the enquiry of a visitor's private link. Raise LinkErased if it is erased, Http404 if not ours.

    That it is erased is told only to whoever has the link, whose address says already that they once wrote.
    """
    enquiry = enquiry_by_token(token)
    if enquiry is None:
        raise LinkErased if read_token(Purpose.STATUS, token) else Http404
    return enquiry
