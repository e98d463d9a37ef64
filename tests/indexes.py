"""The search index and the reference index. Together they are half of storing a page.

Tests write them if they ask for `search_index`, and for `reference_index`.
"""

import pytest
from modelsearch import index, signal_handlers
from wagtail import signal_handlers as wagtail_signal_handlers

from search.backend import SearchBackend


class NothingToDo:
    def enqueue(self, *args: object) -> None:
        """Index nothing."""


def refuse(*args: object, **kwargs: object) -> None:
    """Nothing would be found, and a test that something is hidden would hold whatever the code does."""
    raise AssertionError("This test searches: let it use the fixture `search_index`.")


def switch_search_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "get_indexed_instance", lambda instance, check_exists=True: None)
    monkeypatch.setattr(signal_handlers, "insert_or_update_object_task", NothingToDo())
    monkeypatch.setattr(SearchBackend, "_search", refuse)


def switch_references_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wagtail_signal_handlers, "update_reference_index_task", NothingToDo())
