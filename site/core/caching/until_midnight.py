"""Shared caches forget an answer when its day ends: pages name days, and count from today."""

import re
from datetime import datetime, time, timedelta

from django.utils import timezone

from core.caching.answers import LONGEST_LIFE

_SECONDS = re.compile(r"\b(s-maxage|max-age|stale-while-revalidate)=(\d+)")


def until_midnight(cache_control: str) -> str:
    """Return the header with no time that goes beyond the end of this day, staleness included.

    An answer may have been kept for a moment before it is sent, so each time ends that much earlier.
    """
    left = max(0, seconds_left(timezone.localtime()) - LONGEST_LIFE)
    times = {name: int(seconds) for name, seconds in _SECONDS.findall(cache_control)}
    left_stale = max(0, left - max(times.get("s-maxage", 0), times.get("max-age", 0)))

    def shortened(found: re.Match[str]) -> str:
        most = left_stale if found[1] == "stale-while-revalidate" else left
        return f"{found[1]}={min(int(found[2]), most)}"

    return _SECONDS.sub(shortened, cache_control)


def seconds_left(now: datetime) -> int:
    """Return how many whole seconds are left of a day, whose clock may be put forward or back."""
    tomorrow = datetime.combine(now.date() + timedelta(days=1), time(), now.tzinfo)
    return int(tomorrow.timestamp() - now.timestamp())
