"""The table of promises names tests that exist, and each promise once."""

from pathlib import Path

from tests.resilience.promises import promises

ROOT = Path(__file__).resolve().parents[2]


def test_each_promise_stands_in_it_once() -> None:
    assert [promise.number for promise in promises()] == list(range(1, 37))
    assert all(bool(promise.tests) != bool(promise.not_run) for promise in promises())


def test_what_shows_each_exists() -> None:
    for promise in promises():
        for named in promise.tests:
            path, *names = named.split("::")
            source = (ROOT / path).read_text()
            assert all(f" {name}(" in source or f" {name}:" in source for name in names), named
