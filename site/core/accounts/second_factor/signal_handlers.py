"""What follows when someone changes their own second step."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from django.contrib.auth.models import User
from django.dispatch import receiver
from django.http import HttpRequest

from core.accounts.second_factor.proof import forget_removed, record_factor
from core.accounts.second_factor.services import Change, write_down

_CODES = Authenticator.Type.RECOVERY_CODES


@receiver(authenticator_added)
def added(request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    record_factor(request, user, authenticator)
    if authenticator.type != _CODES:
        write_down(Change.ADDED, user, by=user)


@receiver(authenticator_reset)
def codes_renewed(request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    record_factor(request, user, authenticator)
    write_down(Change.NEW_CODES, user, by=user)


@receiver(authenticator_removed)
def removed(request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    forget_removed(request, user)
    if authenticator.type != _CODES:
        write_down(Change.REMOVED, user, by=user)
