"""What many want at once is made by one of them."""

import threading
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class OneMaker:
    """Threads that want the same thing take turns: whoever comes later looks whether it was made meanwhile.

    `longest_wait` is in seconds. Then they make it themselves, so that nobody waits for one that hangs.
    """

    longest_wait: float
    _locks: dict[Hashable, threading.Lock] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @contextmanager
    def making(self, name: Hashable) -> Iterator[None]:
        with self._lock:
            lock = self._locks.setdefault(name, threading.Lock())
        is_my_turn = lock.acquire(timeout=self.longest_wait)
        try:
            yield
        finally:
            if is_my_turn:
                lock.release()
                with self._lock:
                    if self._locks.get(name) is lock:
                        del self._locks[name]
