from collections.abc import Callable
from functools import wraps
from typing import Concatenate

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from core.throttling import Throttle
from therapists.enquiries.models import Enquiry
from therapists.enquiries.signed_links import Purpose

#: So often may one private link be opened, whoever opens it.
MOST_IN_A_MINUTE = 30


class LinkEnded(Exception):
    """The link was ours, and its time is over. A new one may be sent to whom it was for."""

    def __init__(self, purpose: Purpose, token: str) -> None:
        super().__init__(purpose)
        self.new_link = reverse("enquiries:new_link", args=[purpose, token])


class LinkErased(Exception):
    """The visitor's link was ours, and everything that it led to is erased."""


def link_throttle(token: str) -> Throttle:
    """Count what is asked with one private link, on the site's own pages and through the API together."""
    return Throttle("link", token, MOST_IN_A_MINUTE, seconds=60)


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
        try:
            response = _held_back(request, kwargs.get("token")) or view(request, *args, **kwargs)
        except LinkEnded as ended:
            response = render(request, "pages/link_ended.html", {"new_link": ended.new_link}, status=410)
        except (LinkErased, Enquiry.DoesNotExist):  # or erased since it was looked up
            response = render(request, "pages/link_erased.html", status=410)
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Referrer-Policy"] = "same-origin"
        return response

    return guarded


def _held_back(request: HttpRequest, token: object) -> HttpResponseBase | None:
    throttle = link_throttle(token) if isinstance(token, str) else None
    if throttle is None or throttle.allows_one_more():
        return None
    response = render(request, "pages/enquiry_too_often.html", status=429)
    response["Retry-After"] = str(throttle.seconds_to_wait())
    return response
