"""Content that many answers are made of, such as the navigation: read once for an answer or for an epoch.

While a reader's request is answered (`answering`), what a `remembered` function returned is used again. Where
changes of content are heard of, so do further answers of the same epoch, for a minute at most and never into
the next day: what the clock changes is then read anew. Elsewhere, as in jobs and while something is stored,
every call reads.
"""

import threading
import time
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from functools import wraps
from itertools import takewhile
from typing import Any

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import get_language

from core.caching.answers import LONGEST_LIFE
from core.caching.epoch import content_epoch
from core.caching.one_maker import OneMaker

type Call = tuple[Hashable, ...]

#: Values kept for an epoch, and as many records by id. Beyond this the oldest goes first. Records are kept
#: apart: whoever reads thousands leaves the navigation where it is.
MOST_VALUES = 2_000
#: In seconds: how long others wait for whoever reads the same. What thousands of pages say takes some.
LONGEST_WAIT = 10


@dataclass(frozen=True, slots=True)
class _Remembered:
    value: Any
    epoch: int
    read_at: float
    day: date
    #: It is true until one of these changes, whatever the clock says. None stands for all content.
    tables: frozenset[str] | None = None

    def is_valid(self, epoch: int) -> bool:
        """Return whether it is for an answer that began in this epoch."""
        if self.tables is not None:
            return content_epoch.last_change(self.tables) <= self.epoch
        is_young = time.monotonic() - self.read_at < LONGEST_LIFE and self.day == timezone.localdate()
        return is_young and self.epoch == epoch


@dataclass
class _Answer:
    """An answer in the making. `epoch` is that in which it began, or None where changes are not heard of."""

    epoch: int | None
    read: dict[Call, Any] = field(default_factory=dict)


_answer: ContextVar[_Answer | None] = ContextVar("answer", default=None)
type _Kept = dict[Call, _Remembered]
_of_the_epoch: _Kept = {}
_records_of_the_epoch: _Kept = {}
_lock = threading.Lock()
_one_maker = OneMaker(longest_wait=LONGEST_WAIT)


@contextmanager
def answering(*, anew: bool = False) -> Iterator[None]:
    """Remember what is read until the answer is made.

    Whoever stores something that is made of it reads it `anew`: once, and not as other answers know it.
    """
    if is_answering():
        yield
        return
    token = _answer.set(_Answer(None if anew else content_epoch.current()))
    try:
        yield
    finally:
        _answer.reset(token)


def is_answering() -> bool:
    return _answer.get() is not None


def remembered[**Arguments, Value](read: Callable[Arguments, Value]) -> Callable[Arguments, Value]:
    """Decorate a function that reads public content. Nobody may change the value that it returns.

    The arguments are positional and hashable, and name all that the value depends on beside the content and
    the active language.
    """

    @wraps(read)
    def remember(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Value:
        return remember_as((read, *args), lambda: read(*args, **kwargs))

    return remember


def remembered_until_change_of[**Arguments, Value](
    *models: type[Model],
) -> Callable[[Callable[Arguments, Value]], Callable[Arguments, Value]]:
    """Decorate a function that reads rows of these models alone, and does not ask what time it is.

    For what is dear to read: changes of other content leave it. Nobody may change the value that it returns.
    """
    tables = frozenset(model._meta.db_table for model in models)

    def decorate(read: Callable[Arguments, Value]) -> Callable[Arguments, Value]:
        @wraps(read)
        def remember(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Value:
            return remember_as((read, *args), lambda: read(*args, **kwargs), tables)

        return remember

    return decorate


def remember_as[Value](name: Call, make: Callable[[], Value], tables: frozenset[str] | None = None) -> Value:
    """Return what was made under this name, or else make it. Nobody may change the value.

    The name holds all that the value depends on beside the content (of these tables, or all of it) and the
    active language.
    """
    answer = _answer.get()
    if answer is None:
        return make()
    call = (get_language(), *name)
    known = _known(answer, [call], _of_the_epoch)
    if call in known:
        return known[call]
    if answer.epoch is None:
        _remember(answer, {call: make()}, _of_the_epoch, tables)
        return known[call]
    with _one_maker.making((answer.epoch, call)):
        if call not in _known(answer, [call], _of_the_epoch):
            _remember(answer, {call: make()}, _of_the_epoch, tables)
    return known[call]


def remembered_by_id[Id: Hashable, Value](
    read: Callable[[Collection[Id]], Mapping[Id, Value]],
) -> Callable[[Iterable[Id]], dict[Id, Value]]:
    """Decorate a function that reads the records with these ids. It is asked for those that are not known.

    An id without a record is left out, in the order of the ids given. Nobody may change the records.
    """

    @wraps(read)
    def remember(ids: Iterable[Id]) -> dict[Id, Value]:
        return remember_each_as((read,), ids, read)

    return remember


def remember_each_as[Id: Hashable, Value](
    name: Call, ids: Iterable[Id], read: Callable[[Collection[Id]], Mapping[Id, Value]]
) -> dict[Id, Value]:
    """Return what was read of each of these under this name, and read those that are not known.

    An id without a record is left out, in the order of the ids given. Nobody may change the records.
    """
    order = list(dict.fromkeys(ids))
    answer = _answer.get()
    if answer is None:
        found = dict(read(order)) if order else {}
    else:
        calls = {pk: (get_language(), *name, pk) for pk in order}
        known = _known(answer, calls.values(), _records_of_the_epoch)
        found = {pk: known[call] for pk, call in calls.items() if call in known}
        missing = [pk for pk in order if pk not in found]
        if missing:
            new = read(missing)
            _remember(answer, {calls[pk]: new.get(pk) for pk in missing}, _records_of_the_epoch)
            found |= new
    return {pk: found[pk] for pk in order if found.get(pk) is not None}


def _known(answer: _Answer, calls: Iterable[Call], kept: _Kept) -> dict[Call, Any]:
    for call in calls:
        if answer.epoch is not None and call not in answer.read:
            known = kept.get(call)
            if known and known.is_valid(answer.epoch):
                answer.read[call] = known.value
    return answer.read


def _remember(
    answer: _Answer, values: Mapping[Call, Any], kept: _Kept, tables: frozenset[str] | None = None
) -> None:
    answer.read.update(values)
    if answer.epoch is None:
        return
    now, today = time.monotonic(), timezone.localdate()
    with _lock:
        for call, value in values.items():
            kept.pop(call, None)
            kept[call] = _Remembered(value, answer.epoch, now, today, tables)
        for call in list(takewhile(lambda call: kept[call].day != today, kept)):
            del kept[call]
        while len(kept) > MOST_VALUES:
            del kept[next(iter(kept))]
