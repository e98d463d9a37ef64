"""What a page makes for a request and shows in several places, such as its text and its JSON-LD."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest


def once_for_request[Record, Made](
    make: Callable[[Record, HttpRequest | None], Made],
) -> Callable[[Record, HttpRequest | None], Made]:
    """Decorate a method that takes a request: what it returns is kept on its record for the last request."""
    name = f"_{make.__name__}_for_request"

    @wraps(make)
    def make_once(record: Record, request: HttpRequest | None = None) -> Made:
        if request is None:
            return make(record, None)
        kept = vars(record).get(name)
        if kept is None or kept[0] is not request:
            kept = vars(record)[name] = (request, make(record, request))
        return kept[1]

    return make_once
