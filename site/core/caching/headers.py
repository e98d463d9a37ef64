"""The headers that name an answer's surrogate keys."""

from collections.abc import Iterable

from django.conf import settings
from django.http import HttpResponseBase

#: Headers whose keys are separated by spaces (Fastly, Varnish); in all others it is commas.
SPACE_SEPARATED = {"surrogate-key", "xkey"}


def set_key_headers(response: HttpResponseBase, keys: Iterable[str]) -> None:
    """Set every header that SURROGATE_KEY_HEADERS lists."""
    listed = list(keys)
    for header in settings.SURROGATE_KEY_HEADERS:
        response[header] = (" " if header.lower() in SPACE_SEPARATED else ",").join(listed)
