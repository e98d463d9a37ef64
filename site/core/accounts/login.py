"""Logging in, at every door that leads to it, with patience for mistakes and none for guessing."""

import hashlib
from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import User
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.auth import LoginForm

WAIT_SECONDS = 15 * 60
#: By one address, and from everywhere: many addresses cannot guess on, and one cannot shut anyone out alone.
MOST_FAILURES_OF_ADDRESS = 10
MOST_FAILURES = 100


class PatientBackend(ModelBackend):
    """Asks for a wait after too many wrong passwords for one name, whether or not there is such a login.

    What it counts are digests in the cache. Behind a proxy that hides addresses, all count as one.
    """

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **kwargs: Any,
    ) -> User | None:
        counts = _counts(username or "", request)
        if any(cache.get(key, 0) >= most for key, most in counts.items()):
            raise PermissionDenied
        user = super().authenticate(request, username, password, **kwargs)
        if user is None:
            for key in counts:
                _count(key)
        else:
            cache.delete_many(counts)
        return user


class PatientLoginForm(LoginForm):
    error_messages = LoginForm.error_messages | {
        "invalid_login": _(
            "Your username and password did not match. After ten wrong tries, wait a quarter of an hour."
        )
    }


def _counts(username: str, request: HttpRequest | None) -> dict[str, int]:
    """The keys under which this attempt counts, each with the most failures that it may reach."""
    address = request.META.get("REMOTE_ADDR", "") if request else ""
    return {
        _key(username): MOST_FAILURES,
        _key(username, address): MOST_FAILURES_OF_ADDRESS,
    }


def _key(*parts: str) -> str:
    return f"core.accounts.login.{hashlib.sha256(repr(parts).encode()).hexdigest()}"


def _count(key: str) -> None:
    cache.add(key, 0, timeout=WAIT_SECONDS)
    try:
        cache.incr(key)
    except ValueError:
        # It ran out between the two calls.
        cache.set(key, 1, timeout=WAIT_SECONDS)
