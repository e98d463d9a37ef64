"""Holds back whoever asks for one link again and again. Keeps a digest of the link, and no address."""

import hashlib

from django.core.cache import cache

MOST_IN_A_MINUTE = 30
SECONDS = 60


def is_too_often(token: str) -> bool:
    key = f"enquiries.link.{hashlib.sha256(token.encode()).hexdigest()}"
    cache.add(key, 0, timeout=SECONDS)
    try:
        return cache.incr(key) > MOST_IN_A_MINUTE
    except ValueError:
        # It ran out between the two calls.
        return False
