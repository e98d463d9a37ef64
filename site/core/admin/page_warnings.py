"""What an editor is told of a page that is handed in or published. It refuses nothing: they can be right."""

from collections.abc import Callable, Iterable
from contextvars import ContextVar
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from wagtail.models import Page, WorkflowState

type Warnings = Callable[[Page], Iterable[str]]

_registered: list[Warnings] = []

#: The request to the admin that is answered now. Signals know of none.
admin_request: ContextVar[HttpRequest | None] = ContextVar("admin_request", default=None)


def register_page_warnings(warnings: Warnings) -> None:
    """Register a function that returns sentences about a page. An app calls this in `ready()`."""
    if warnings not in _registered:
        _registered.append(warnings)


def warnings_about(page: Page) -> list[str]:
    return [sentence for warnings in _registered for sentence in warnings(page)]


def tell(request: HttpRequest, page: Page) -> None:
    """Show each sentence once, though several signals tell of one page."""
    told = vars(request).setdefault("told_warnings", set())
    for sentence in warnings_about(page.specific):
        if sentence not in told:
            told.add(sentence)
            messages.warning(request, sentence)


def tell_of_published(instance: Page, **kwargs: Any) -> None:
    if request := admin_request.get():
        tell(request, instance)


def tell_of_handed_in(instance: WorkflowState, **kwargs: Any) -> None:
    page = instance.content_object
    if (request := admin_request.get()) and isinstance(page, Page):
        tell(request, page.get_latest_revision_as_object())
