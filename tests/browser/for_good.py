"""Writing for the server to see: a test's own writes are rolled back, and no other connection reads them."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.db import connections


def for_good[**P, Result](call: Callable[P, Result], *args: P.args, **kwargs: P.kwargs) -> Result:
    """Return what a function returns, called on a connection of its own that commits as usual."""

    def run() -> Result:
        try:
            return call(*args, **kwargs)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=1) as threads:
        return threads.submit(run).result()
