"""Log who signs in and out, and what did not succeed: by the id of an account, never by what was typed."""

import logging
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authentication_failed, authenticator_used
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver

logger = logging.getLogger(__name__)


@receiver(user_logged_in)
def signed_in(user: User, **kwargs: Any) -> None:
    logger.info("Account %s signed in", user.pk)


@receiver(user_logged_out)
def signed_out(user: User | None, **kwargs: Any) -> None:
    if user is not None:
        logger.info("Account %s signed out", user.pk)


@receiver(user_login_failed)
def wrong_password(**kwargs: Any) -> None:
    """The name that was typed may be a password."""
    logger.warning("A password was refused")


@receiver(authenticator_used)
def second_step(user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    logger.info("Account %s showed its second step (%s)", user.pk, authenticator.type)


@receiver(authentication_failed)
def wrong_second_step(user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    logger.warning("Account %s was refused its second step (%s)", user.pk, authenticator.type)
