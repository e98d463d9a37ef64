"""The headers that shared caches read."""

from collections.abc import Iterable

from django.conf import settings
from django.http import HttpResponseBase

#: Read by Fastly and Varnish with spaces between the keys; all others part them by commas.
WITH_SPACES = {"surrogate-key", "xkey"}


def name_keys(response: HttpResponseBase, keys: Iterable[str]) -> None:
    listed = list(keys)
    for header in settings.SURROGATE_KEY_HEADERS:
        response[header] = (" " if header.lower() in WITH_SPACES else ",").join(listed)
