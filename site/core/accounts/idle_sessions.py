"""Whoever may read what is confidential signs in again after a while without a request.

Which permissions these are, each app says in `ready()`. Superusers count always.
"""

import time
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

LAST_SEEN = "last_seen"
#: Of a request that met the end of a session: whose it was. What they typed is theirs alone.
WENT_IDLE = "went_idle"
#: Stored at most this often: not every request writes the session.
STORED_EVERY_SECONDS = 60
#: Wagtail's editor asks here by itself, every few seconds, whether anybody is there or not.
ASKED_BY_ITSELF = "/editing-sessions/"

_sensitive: set[str] = set()


def sign_out_when_idle(*permissions: str) -> None:
    _sensitive.update(permissions)


@receiver(user_logged_in)
def just_seen(request: HttpRequest | None, **kwargs: Any) -> None:
    if request is not None:
        request.session[LAST_SEEN] = time.time()


def has_gone_idle(request: HttpRequest, person: User) -> bool:
    """Return whether the session was left alone for too long, and end it then. Else note that it is used."""
    longest = settings.SENSITIVE_IDLE_MINUTES * 60
    if not longest or not _reads_what_is_confidential(person):
        return False
    now = time.time()
    idle = now - request.session.get(LAST_SEEN, now - STORED_EVERY_SECONDS)
    if idle > longest:
        request.session.flush()
        setattr(request, WENT_IDLE, person.pk)
        return True
    if idle >= STORED_EVERY_SECONDS and ASKED_BY_ITSELF not in request.path:
        request.session[LAST_SEEN] = now
    return False


def _reads_what_is_confidential(person: User) -> bool:
    return person.is_superuser or any(person.has_perm(permission) for permission in _sensitive)
