"""Many like things judged in one test, which names every one that does not pass."""

from collections.abc import Callable, Iterable
from typing import Any


def for_each(records: Iterable[Any]) -> Callable[[Callable[..., None]], Callable[[], None]]:
    """Make one test of a check: it is called with each record, whose parts are its arguments.

    Parametrised, several hundred checks of a moment would each be a test to set up, time and report.
    """

    def decorate(check: Callable[..., None]) -> Callable[[], None]:
        def test() -> None:
            failures = [failure for record in records if (failure := _failure(check, record))]
            assert not failures, "\n\n".join(failures)

        # Not by `functools.wraps`: pytest would look through it, for fixtures of the names of the arguments.
        test.__name__, test.__doc__, test.__module__ = check.__name__, check.__doc__, check.__module__
        return test

    return decorate


def _failure(check: Callable[..., None], record: Any) -> str:
    """Return what is wrong with the record, or nothing."""
    try:
        check(*record) if isinstance(record, tuple) else check(record)
    except Exception as error:  # noqa: BLE001 - a check that cannot be made fails too, and the others go on
        return f"{str(record)[:200]}: {type(error).__name__}: {error}"
    return ""
