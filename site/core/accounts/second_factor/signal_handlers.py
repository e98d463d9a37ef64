"""Records when someone changes their own second factor, and keeps their session open."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from django.contrib.auth.models import User
from django.dispatch import receiver
from django.http import HttpRequest

from core.accounts.second_factor.services import SecondFactorChange, record_change
from core.accounts.second_factor.session import forget_removed_factors, record_factor

_CODES = Authenticator.Type.RECOVERY_CODES


@receiver(authenticator_added)
def added(request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    record_factor(request, user, authenticator)
    if authenticator.type != _CODES:
        record_change(SecondFactorChange.ADDED, user, by=user)


@receiver(authenticator_reset)
def codes_renewed(request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    record_factor(request, user, authenticator)
    record_change(SecondFactorChange.NEW_CODES, user, by=user)


@receiver(authenticator_removed)
def removed(request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    forget_removed_factors(request, user)
    if authenticator.type != _CODES:
        record_change(SecondFactorChange.REMOVED, user, by=user)
