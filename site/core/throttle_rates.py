"""How often one address may ask, as the environment says it."""

import re

from django.core.exceptions import ImproperlyConfigured

_SECONDS = {"s": 1, "m": 60, "h": 60 * 60, "d": 24 * 60 * 60}
_RATE = re.compile(r"\d+/(s|sec|m|min|h|hour|d|day)")


def throttle_rates(**written: str) -> dict[str, str | None]:
    """By scope, such as “30/hour”; None, which is no limit, where nothing is written."""
    for scope, rate in written.items():
        if rate and not _RATE.fullmatch(rate):
            raise ImproperlyConfigured(
                f"API_THROTTLE_{scope.upper()}: write 30/hour or 60/min, or leave it empty for no limit."
            )
    return {scope: rate or None for scope, rate in written.items()}


def parse_rate(rate: str) -> tuple[int, int]:
    """Return how many are allowed in how many seconds: (30, 3600) for “30/hour”."""
    most, _slash, period = rate.partition("/")
    return int(most), _SECONDS[period[0]]
