"""People with a second step, and what their app shows."""

import time

from allauth.mfa import app_settings
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse


def code_of(secret: str, steps: int = 0) -> str:
    """What an app with this key shows now, or some half minutes earlier or later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // app_settings.TOTP_PERIOD + steps))


def give_app(person: User) -> str:
    """The key in the app. Recovery codes come with it."""
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    RecoveryCodes.activate(person)
    return secret


def sign_in(client: Client, person: User, password: str, secret: str = "") -> None:
    """Through the doors. With a key, the second step too."""
    client.post(reverse("wagtailadmin_login"), {"username": person.username, "password": password})
    if secret:
        client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})


def forget_the_time(client: Client) -> None:
    """As if all that the session has proved were an hour ago."""
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 3600
    session.save()
