"""The routes of the log-in. They precede Wagtail's own, which ask for a password alone.

allauth finds them by these names.
"""

from allauth.account.views import ReauthenticateView
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, EditWebAuthnView, RemoveWebAuthnView
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from wagtail.utils.urlpatterns import decorate_urlpatterns

from core.accounts.second_factor.views import (
    CodeAgainView,
    CodeView,
    LoginView,
    LogoutView,
    PasskeyAgainView,
    second_step,
)

urlpatterns = [
    path("admin/login/", LoginView.as_view(), name="account_login"),
    path("admin/logout/", LogoutView.as_view(), name="wagtailadmin_logout"),
    path("admin/login/second-step/", CodeView.as_view(), name="mfa_authenticate"),
    path("admin/account/second-step/", second_step, name="mfa_index"),
    path("admin/account/second-step/app/", ActivateTOTPView.as_view(), name="mfa_activate_totp"),
    path("admin/account/second-step/app/remove/", DeactivateTOTPView.as_view(), name="mfa_deactivate_totp"),
    path("admin/account/second-step/codes/", ViewRecoveryCodesView.as_view(), name="mfa_view_recovery_codes"),
    path(
        "admin/account/second-step/codes/new/",
        GenerateRecoveryCodesView.as_view(),
        name="mfa_generate_recovery_codes",
    ),
    path("admin/account/second-step/passkeys/", second_step, name="mfa_list_webauthn"),
    path("admin/account/second-step/passkeys/new/", AddWebAuthnView.as_view(), name="mfa_add_webauthn"),
    path(
        "admin/account/second-step/passkeys/<int:pk>/rename/",
        EditWebAuthnView.as_view(),
        name="mfa_edit_webauthn",
    ),
    path(
        "admin/account/second-step/passkeys/<int:pk>/remove/",
        RemoveWebAuthnView.as_view(),
        name="mfa_remove_webauthn",
    ),
    path("admin/account/again/", ReauthenticateView.as_view(), name="account_reauthenticate"),
    path("admin/account/again/code/", CodeAgainView.as_view(), name="mfa_reauthenticate"),
    path("admin/account/again/passkey/", PasskeyAgainView.as_view(), name="mfa_reauthenticate_webauthn"),
]

for decorator in (never_cache, sensitive_post_parameters(), sensitive_variables()):
    urlpatterns = decorate_urlpatterns(urlpatterns, decorator)
