from typing import Any

from allauth.account.forms import ReauthenticateForm
from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as codes
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.contrib.auth.models import User
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

#: A code is accepted for one period (30 seconds) before and after its own too.
_PERIODS_OF_A_CODE = 3


def mark_as_used(person: User, code: str) -> None:
    """Refuse the code from now on. allauth forgets it after one period, and accepts the code for three."""
    key = TOTP(Authenticator(user=person))._get_used_cache_key(code)
    cache.set(key, "y", timeout=app_settings.TOTP_PERIOD * _PERIODS_OF_A_CODE)


class CodeField(forms.CharField):
    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"})
        super().__init__(max_length=20, widget=widget, **kwargs)


class SetUpAppForm(ActivateTOTPForm):
    code = CodeField(
        label=_("The six digits that your app shows now"),
        help_text=_("They change every half minute."),
    )

    def clean_code(self) -> str:
        code = super().clean_code()
        mark_as_used(self.user, code)
        return code


class OneTimeCodeForm(codes.BaseAuthenticateForm):
    """Accepts the six digits of the app, or a recovery code."""

    code = CodeField(
        label=_("Six digits from your app, or a recovery code"),
        help_text=_("Open your authenticator app and type the six digits. Spaces do not matter."),
    )

    def clean_code(self) -> str:
        code = super().clean_code()
        if self.authenticator.type == Authenticator.Type.TOTP:
            mark_as_used(self.user, code)
        return code


class CodeForm(OneTimeCodeForm, codes.AuthenticateForm):
    """At the log-in."""


class CodeAgainForm(OneTimeCodeForm, codes.ReauthenticateForm):
    """Before a sensitive view, during a session."""


class AddPasskeyForm(AddWebAuthnForm):
    name = forms.CharField(
        label=_("Name"),
        max_length=60,
        required=False,
        help_text=_("So that you know it again: the device, or where you keep the key."),
    )

    def clean(self) -> dict[str, Any]:
        """Refuse what is no answer of a passkey: allauth lets some of it raise."""
        try:
            return super().clean()
        except (ValueError, KeyError, AttributeError) as error:
            raise get_adapter().validation_error("incorrect_code") from error


class RenamePasskeyForm(EditWebAuthnForm):
    name = forms.CharField(label=_("Name"), max_length=60)


class PasswordAgainForm(ReauthenticateForm):
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
