"""Logging in, on every page that offers it: after too many wrong passwords it has to wait."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.auth import LoginForm

from core.throttling import Throttle, client_address

WAIT_SECONDS = 15 * 60
#: By one address, and from everywhere: many addresses cannot guess on, and one cannot shut anyone out alone.
MOST_FAILURES_OF_ADDRESS = 10
MOST_FAILURES = 100


class PatientBackend(ModelBackend):
    """Refuse log-ins for a while after too many wrong passwords for one name, whether or not it is known.

    Behind a proxy that `NUM_PROXIES` does not count, all addresses count as one.
    """

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **kwargs: Any,
    ) -> User | None:
        throttles = _throttles(username or "", request)
        if any(throttle.is_full for throttle in throttles):
            raise PermissionDenied
        user = super().authenticate(request, username, password, **kwargs)
        for throttle in throttles:
            if user is None:
                throttle.count()
            else:
                throttle.forget()
        return user


class PatientLoginForm(LoginForm):
    error_messages = LoginForm.error_messages | {
        "invalid_login": _(
            "Your username and password did not match. After ten wrong tries, wait a quarter of an hour."
        )
    }


def _throttles(username: str, request: HttpRequest | None) -> tuple[Throttle, Throttle]:
    """Return what counts the failures with this name: from everywhere, and from this address."""
    address = client_address(request) if request else ""
    return (
        Throttle("login", repr((username,)), MOST_FAILURES, WAIT_SECONDS),
        Throttle("login", repr((username, address)), MOST_FAILURES_OF_ADDRESS, WAIT_SECONDS),
    )
