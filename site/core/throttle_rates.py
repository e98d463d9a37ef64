"""How often one address may ask, as the environment says it."""

import re

from django.core.exceptions import ImproperlyConfigured

_RATE = re.compile(r"\d+/(s|sec|m|min|h|hour|d|day)")


def throttle_rates(**written: str) -> dict[str, str | None]:
    """By scope, such as “30/hour”; None, which is no limit, where nothing is written."""
    for scope, rate in written.items():
        if rate and not _RATE.fullmatch(rate):
            raise ImproperlyConfigured(
                f"API_THROTTLE_{scope.upper()}: write 30/hour or 60/min, or leave it empty for no limit."
            )
    return {scope: rate or None for scope, rate in written.items()}
