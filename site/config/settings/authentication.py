"""Signing in: passwords, the second step, and when a session ends."""

from .environment import env
from .wagtail import WAGTAIL_SITE_NAME

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
AUTHENTICATION_BACKENDS = ["core.accounts.login.PatientBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "wagtailadmin_home"
# Who needs a second step to sign in: "sensitive" (superusers, and whoever has certain permissions: see
# `core.accounts.second_factor.requirement`), "everyone" or "nobody".
REQUIRE_SECOND_FACTOR = env("REQUIRE_SECOND_FACTOR", default="sensitive")
ACCOUNT_ADAPTER = "core.accounts.second_factor.adapters.AccountAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_FORMS = {"reauthenticate": "core.accounts.second_factor.forms.PasswordAgainForm"}
# Wrong codes of one person. Passwords are counted by the backend.
ACCOUNT_RATE_LIMITS = {"login_failed": "5/15m/key", "reauthenticate": None}
MFA_ADAPTER = "core.accounts.second_factor.adapters.MFAAdapter"
MFA_TOTP_ISSUER = WAGTAIL_SITE_NAME
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
# The codes just before and just after are accepted too: people type slowly, and clocks differ.
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "core.accounts.second_factor.forms.CodeForm",
    "reauthenticate": "core.accounts.second_factor.forms.CodeAgainForm",
    "activate_totp": "core.accounts.second_factor.forms.SetUpAppForm",
    "add_webauthn": "core.accounts.second_factor.forms.AddPasskeyForm",
    "edit_webauthn": "core.accounts.second_factor.forms.RenamePasskeyForm",
}

# Minutes without a request after which whoever may read enquiries, or a superuser, signs in again. 0: never.
SENSITIVE_IDLE_MINUTES = env.int("SENSITIVE_IDLE_MINUTES", default=30)
