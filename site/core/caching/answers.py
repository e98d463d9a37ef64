"""Whole answers kept in memory, each valid for the epoch of content in which its rendering began.

Bounded in bytes: what was not asked for longest goes first. Safe for threads. A request is told by its WSGI
environment, so that an answer can be given before Django makes a request of it.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone

from core.caching.one_maker import OneMaker

#: An address, and what tells requests for it apart.
type Key = tuple[Hashable, tuple[str, ...]]
#: Of a request, as a WSGI server tells it.
type Environ = Mapping[str, Any]

#: In seconds. The clock changes answers too: what expires, lapses or opens.
LONGEST_LIFE = 60
#: In seconds: how long each waits for what is made anew beside them, before they make it themselves.
LONGEST_WAIT = 1
#: In seconds: how long others wait for whoever makes the same. The sitemap of thousands of pages takes some.
LONGEST_MAKING = 10
#: In seconds: how long each waits for what is made anew, before the last answer is given. Threads that wait
#: leave the processor to the one that makes it.
SHORT_WAIT = 0.03
#: In seconds, after it went out of date: how long the last answer may be given while it is made anew.
LONGEST_OUT_OF_DATE = 0.92
#: In seconds of the processor: what cost more is made by who asks for it, and not beside. All others would
#: stand behind it, and the last one may be given for hardly longer.
MOST_MADE_BESIDE = 1
#: In bytes, of what an answer takes beside its body.
OVERHEAD = 2_000


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    epoch: int
    made_at: float
    headers: Mapping[str, str]
    body: bytes
    #: The request headers that the answer depends on, by their names in the environment.
    varies_by: tuple[str, ...]

    #: What it says of days, such as the first on which somebody can be met, is true until the day ends.
    day: date = field(default_factory=timezone.localdate)
    #: In seconds of the processor: what it took to make.
    cost: float = 0.0

    @property
    def is_dear(self) -> bool:
        return self.cost > MOST_MADE_BESIDE

    def is_valid(self, epoch: int) -> bool:
        return (
            self.epoch == epoch
            and time.monotonic() - self.made_at < LONGEST_LIFE
            and self.day == timezone.localdate()
        )

    def is_just_out_of_date(self, epoch: int, seconds_since: Callable[[int], float | None]) -> bool:
        """Return whether it was valid a moment ago. `seconds_since` tells how long ago an epoch ended."""
        since = 0.0 if self.epoch == epoch else seconds_since(self.epoch)
        return (
            since is not None
            and since < LONGEST_OUT_OF_DATE
            and time.monotonic() - self.made_at < LONGEST_LIFE + LONGEST_OUT_OF_DATE
            and self.day == timezone.localdate()
        )

    @property
    def size(self) -> int:
        return len(self.body) + OVERHEAD

    def response(self) -> HttpResponse:
        return HttpResponse(self.body, headers=dict(self.headers))

    def last_response(self) -> HttpResponse:
        """Return it as an answer that is out of date: no cache may keep it, nor hear that it is still so."""
        response = self.response()
        response["Cache-Control"] = "no-store"
        del response["ETag"]
        return response


def variant(environ: Environ, varies_by: tuple[str, ...]) -> tuple[str, ...]:
    """Return what tells this request from others for the same address. The only encoding here is gzip."""
    return tuple(_value(environ, name) for name in varies_by)


def _value(environ: Environ, name: str) -> str:
    value = environ.get(name, "")
    return str("gzip" in value) if name == "HTTP_ACCEPT_ENCODING" else value


@dataclass
class AnswerStore:
    """At most `most_bytes` of answers."""

    most_bytes: int
    one_maker: OneMaker = field(default_factory=lambda: OneMaker(LONGEST_MAKING))
    _answers: "OrderedDict[Key, KeptAnswer]" = field(default_factory=OrderedDict)
    _varies_by: dict[Hashable, tuple[str, ...]] = field(default_factory=dict)
    _bytes: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def get(self, address: Hashable, environ: Environ, epoch: int) -> KeptAnswer | None:
        """Return the answer that is valid in this epoch."""
        kept = self.last(address, environ)
        return kept if kept is not None and kept.is_valid(epoch) else None

    def last(self, address: Hashable, environ: Environ) -> KeptAnswer | None:
        """Return the answer that was made last, out of date or not."""
        with self._lock:
            varies_by = self._varies_by.get(address)
            if varies_by is None:
                return None
            key = (address, variant(environ, varies_by))
            kept = self._answers.get(key)
            if kept is not None:
                self._answers.move_to_end(key)
            return kept

    def put(self, address: Hashable, environ: Environ, answer: KeptAnswer) -> None:
        if answer.size > self.most_bytes:
            return
        with self._lock:
            self._varies_by[address] = answer.varies_by
            key = (address, variant(environ, answer.varies_by))
            self._forget(key)
            self._answers[key] = answer
            self._bytes += answer.size
            while self._bytes > self.most_bytes:
                self._forget(next(iter(self._answers)))
            if len(self._varies_by) > 2 * len(self._answers) + 100:
                addresses = {kept_address for kept_address, _variant in self._answers}
                self._varies_by = {name: by for name, by in self._varies_by.items() if name in addresses}

    def drop(self, address: Hashable) -> None:
        """Give nothing of this address any more, whatever a request for it bears."""
        with self._lock:
            self._varies_by.pop(address, None)

    def _forget(self, key: Key) -> None:
        forgotten = self._answers.pop(key, None)
        if forgotten:
            self._bytes -= forgotten.size


@cache
def kept_by_this_process() -> AnswerStore:
    """Return what the middleware for Django fills, and that for WSGI gives."""
    return AnswerStore(settings.KEPT_ANSWERS_MEGABYTES * 1024 * 1024)
