"""Wagtail's index of which records use which others, while a page and its child rows are stored."""

from contextlib import AbstractContextManager, nullcontext
from importlib import import_module
from types import ModuleType

from django.db.models import Model


def without_reference_updates() -> AbstractContextManager[None]:
    """Leave the index as it is: Wagtail would read the whole page again for each of its child rows.

    Does nothing inside itself, or where a caller has it off: Wagtail's own switch may not be turned twice.
    """
    handlers = _handlers()
    is_off = getattr(handlers.reference_index_auto_update_disabled, "value", False)
    return nullcontext() if is_off else handlers.disable_reference_index_auto_update()


def update_references_of(record: Model) -> None:
    _handlers().update_reference_index_on_save(record)


def _handlers() -> ModuleType:
    """Return a module that cannot be imported while models are defined: it asks for one of them."""
    return import_module("wagtail.signal_handlers")
