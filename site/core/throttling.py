"""Hold back whoever does something very often: asks, sends, opens one private link, or guesses a password.

How often is too often for an endpoint of the API or a form is set for each scope by `API_THROTTLE_…` in the
environment; the API and the site's own forms count together.
"""

import math
import time
from dataclasses import dataclass

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from rest_framework.request import Request
from rest_framework.settings import api_settings
from rest_framework.throttling import BaseThrottle

from core.throttle_rates import parse_rate


def client_address(request: Request | HttpRequest) -> str:
    """Return the address that asks: behind proxies of ours the one that `NUM_PROXIES` says is the client's.

    Where no proxy is declared, what an X-Forwarded-For header says counts for nothing.
    """
    return BaseThrottle().get_ident(request) or ""


@dataclass(frozen=True)
class Throttle:
    """Counts what one source does in a stretch of time that begins with the first of it.

    Raised atomically: of requests at the same moment, each counts. The cache keeps the count under a digest
    of the source that only this site can make.
    """

    scope: str
    #: Who or what is counted: an address, a link, a name.
    source: str
    most: int
    seconds: int

    @property
    def _key(self) -> str:
        digest = salted_hmac("core.throttling", self.source, algorithm="sha256").hexdigest()
        return f"throttle_{self.scope}_{digest}"

    @property
    def _end_key(self) -> str:
        return f"{self._key}_end"

    @property
    def is_full(self) -> bool:
        """Whether no more is allowed now. Counts nothing."""
        return cache.get(self._key, 0) >= self.most

    def allows_one_more(self) -> bool:
        """Count one more, and return whether it is still allowed."""
        return self.count() <= self.most

    def count(self) -> int:
        """Count one more, and return how many there have been."""
        try:
            return cache.incr(self._key)
        except ValueError:
            # The first one, or the first since the last stretch ended.
            cache.add(self._key, 0, timeout=self.seconds)
            cache.add(self._end_key, time.time() + self.seconds, timeout=self.seconds)
        try:
            return cache.incr(self._key)
        except ValueError:
            # The cache has dropped it already.
            return 1

    def forget(self) -> None:
        cache.delete_many([self._key, self._end_key])

    def seconds_to_wait(self) -> int:
        """Return after how many seconds, at least one, more is allowed."""
        end = cache.get(self._end_key)
        return self.seconds if end is None else max(1, math.ceil(end - time.time()))


def address_throttle(request: Request | HttpRequest, scope: str) -> Throttle | None:
    """Return the throttle of a scope for whoever asks, or None where the scope has no limit."""
    rate = api_settings.DEFAULT_THROTTLE_RATES[scope]
    return Throttle(scope, client_address(request), *parse_rate(rate)) if rate else None


def seconds_to_wait(request: HttpRequest, scope: str) -> int | None:
    """Count this request. Return how many seconds its sender is held back, or None where they are not."""
    throttle = address_throttle(request, scope)
    return None if throttle is None or throttle.allows_one_more() else throttle.seconds_to_wait()


class RequestThrottle(BaseThrottle):
    """Holds back the requests of a view of REST framework; None holds back nobody."""

    def __init__(self, throttle: Throttle | None) -> None:
        self.throttle = throttle

    def allow_request(self, request: Request, view: object) -> bool:
        return self.throttle is None or self.throttle.allows_one_more()

    def wait(self) -> int | None:
        return self.throttle.seconds_to_wait() if self.throttle else None
