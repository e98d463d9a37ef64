"""Answers that are the same for everyone are made once, and given from memory until any content changes."""

import time
from collections.abc import Callable
from concurrent.futures import wait
from copy import copy
from http import HTTPStatus

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.request import HttpHeaders
from django.utils import timezone
from django.utils.http import parse_etags

from core.caching.answers import LONGEST_WAIT, SHORT_WAIT, KeptAnswer, kept_by_this_process
from core.caching.epoch import content_epoch
from core.caching.renewals import Renewals
from core.caching.wsgi_middleware import CONDITIONS, Address, address_of, may_be_shared
from core.counters import kept_answers

#: Of an answer, these hold for one connection or one moment.
NOT_KEPT = frozenset({"connection", "date", "keep-alive"})

type Answer = Callable[[HttpRequest], HttpResponse]


class KeptAnswersMiddleware:
    """Stands outside of everything: a kept answer costs no session, no query and no compression.

    What may be kept is what the answer itself tells shared caches they may keep. Nothing is kept for whoever
    has a session, and nothing that sets a cookie.

    After a change answers are made anew beside those who ask, but for the few that are dear. Readers wait a
    little, and are then given the last one, for a moment. Webhooks tell of the change after that moment.
    """

    def __init__(self, get_response: Answer) -> None:
        if not settings.KEPT_ANSWERS_MEGABYTES:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.store = kept_by_this_process()
        self.renewals = Renewals()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not may_be_shared(request.META):
            return self.get_response(request)
        address = address_of(request.META)
        epoch = content_epoch.current()
        if epoch is None:
            return self.get_response(request)
        last = self.store.last(address, request.META)
        if last and last.is_valid(epoch):
            return answer_from(last, request)
        if last is None or last.is_dear:
            return self._made_for_all(address, request)
        renewal = self.renewals.ask(address, lambda: self._kept_or_made(address, plain(request)))
        wait([renewal], timeout=SHORT_WAIT)
        if not renewal.done() and last.is_just_out_of_date(epoch, content_epoch.seconds_since):
            return last_answer_from(last)
        wait([renewal], timeout=LONGEST_WAIT)
        return self._made_for_all(address, request)

    def _made_for_all(self, address: Address, request: HttpRequest) -> HttpResponse:
        with self.store.one_maker.making(address):
            return self._kept_or_made(address, request)

    def _kept_or_made(self, address: Address, request: HttpRequest) -> HttpResponse:
        """Another request may have made it, while this one waited."""
        epoch = content_epoch.current()
        kept = self.store.get(address, request.META, epoch) if epoch is not None else None
        return answer_from(kept, request) if kept else self._make(address, request, epoch)

    def _make(self, address: Address, request: HttpRequest, epoch: int | None) -> HttpResponse:
        """`epoch` is that in which the rendering begins: a change meanwhile puts the answer out of date.

        Then nobody in front may keep it either, who would be told of the change before it arrives.
        """
        day, began = timezone.localdate(), time.thread_time()
        response = self.get_response(request)
        cost = time.thread_time() - began
        if epoch is None or request.method != "GET":
            return response
        if may_be_kept(response):
            kept_answers.labels("miss").inc()
            headers = {name: value for name, value in response.items() if name.lower() not in NOT_KEPT}
            varied = varies_by(response)
            kept = KeptAnswer(epoch, time.monotonic(), headers, response.content, varied, day, cost)
            self.store.put(address, request.META, kept)
            if content_epoch.current() != epoch:
                return kept.last_response()
        elif response.status_code != HTTPStatus.NOT_MODIFIED:
            self.store.drop(address)
        return response


def plain(request: HttpRequest) -> HttpRequest:
    """Return a request of nobody's for the same answer, to be kept whole."""
    renewed = copy(request)
    renewed.method = "GET"
    renewed.META = {name: value for name, value in request.META.items() if name not in CONDITIONS}
    renewed.META["REQUEST_METHOD"] = "GET"
    vars(renewed).pop("headers", None)
    return renewed


def may_be_kept(response: HttpResponse) -> bool:
    directives = {directive.lower() for directive in listed(response.get("Cache-Control", ""))}
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and "public" in directives
        and not directives & {"private", "no-store"}
        and "*" not in listed(response.get("Vary", ""))
    )


def varies_by(response: HttpResponse) -> tuple[str, ...]:
    """Leave out cookies: of ours, an answer depends on the session's alone, and who has one is given none."""
    names = {HttpHeaders.to_wsgi_name(name) for name in listed(response.get("Vary", ""))}
    return tuple(sorted(names - {"HTTP_COOKIE"}))


def listed(header: str) -> list[str]:
    return [part.strip() for part in header.split(",") if part.strip()]


def last_answer_from(last: KeptAnswer) -> HttpResponse:
    kept_answers.labels("last").inc()
    return last.last_response()


def answer_from(kept: KeptAnswer, request: HttpRequest) -> HttpResponse:
    kept_answers.labels("hit").inc()
    etag = kept.headers.get("ETag")
    wanted = parse_etags(request.headers.get("If-None-Match", ""))
    if etag and (etag in wanted or f"W/{etag}" in wanted or etag.removeprefix("W/") in wanted):
        headers = {
            name: value for name, value in kept.headers.items() if name.lower() not in ("content-length",)
        }
        not_modified = HttpResponseNotModified(headers=headers)
        del not_modified["Content-Type"]
        return not_modified
    return kept.response()
