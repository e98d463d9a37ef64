from collections.abc import Callable
from functools import wraps
from typing import Concatenate

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from therapists.enquiries.public.throttle import SECONDS, is_too_often


def private_page[**P](
    view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Kept by no cache and no search engine, named to no other site, hidden in error reports, and shut for a
    minute to whoever opens the link again and again.

    "no-referrer" would make browsers hide where a form comes from, and the protection against forged
    requests would turn every therapist and visitor away.
    """

    @never_cache
    @sensitive_post_parameters()
    @sensitive_variables()
    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        response = _held_back(request, kwargs.get("token")) or view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Referrer-Policy"] = "same-origin"
        return response

    return guarded


def _held_back(request: HttpRequest, token: object) -> HttpResponseBase | None:
    if not isinstance(token, str) or not is_too_often(token):
        return None
    response = render(request, "pages/enquiry_too_often.html", status=429)
    response["Retry-After"] = str(SECONDS)
    return response
