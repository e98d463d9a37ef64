from typing import Any

from allauth.account.utils import perform_login
from allauth.mfa.base.views import AuthenticateView, ReauthenticateView
from allauth.mfa.webauthn.internal.auth import begin_authentication
from allauth.mfa.webauthn.views import ReauthenticateWebAuthnView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.models import User
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.views import account

from core.accounts.second_factor.factors import Factors
from core.accounts.second_factor.panels import TAB
from core.accounts.second_factor.session import must_set_up, record_password


class LoginView(account.LoginView):
    """Asks for the password. Whoever has a second factor is asked for it next, and logged in after that."""

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        person = form.get_user()
        session = self.request.session
        if SESSION_KEY in session:
            session.flush()  # a user without the second step: keep nothing of theirs
        session.set_expiry(settings.SESSION_COOKIE_AGE if form.cleaned_data.get("remember") else 0)
        record_password(self.request, person)
        where_to = self.get_success_url()
        if must_set_up(person):
            messages.info(
                self.request, _("Your account needs a second step. Set it up now: it takes a minute or two.")
            )
            where_to = reverse("mfa_activate_totp")
        return perform_login(self.request, person, redirect_url=where_to)


class LogoutView(account.LogoutView):
    """Signs out by a POST alone. Wagtail's own deletes the cookie at a GET, while the session lives on."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method != "POST":
            return redirect("wagtailadmin_home")
        return super().dispatch(request, *args, **kwargs)


class CodeView(AuthenticateView):
    """Asks for a code, and offers the passkey to whoever has one."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Redirect a POST without an answer: allauth would read it as that of a passkey."""
        if request.method == "POST" and not {"code", "credential"} & request.POST.keys():
            return redirect("mfa_authenticate")
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"factors": Factors.of(self.stage.login.user)}


class CodeAgainView(ReauthenticateView):
    """The same, during a session."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        person = signed_in(self.request)
        context = super().get_context_data(**kwargs) | {"factors": Factors.of(person)}
        if context["factors"].passkeys:
            context["js_data"] = {"request_options": begin_authentication(person)}
        return context


class PasskeyAgainView(ReauthenticateWebAuthnView):
    """Takes the answer of a passkey. It has no page of its own."""

    http_method_names = ["post"]

    def form_invalid(self, form: Form) -> HttpResponse:
        messages.error(self.request, _("That passkey did not work. Try again, or use another way."))
        return redirect(self.passthrough_next_url(reverse("mfa_reauthenticate")))


def signed_in(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 - its views ask for a log-in
    return request.user


def account_tab_url() -> str:
    """Return the URL of the tab on the account page."""
    return f"{reverse('wagtailadmin_account')}#tab-{TAB.name}"


def second_step(request: HttpRequest) -> HttpResponse:
    """Redirect to the account page, or to the set-up. allauth leads here after each change."""
    if request.user.is_authenticated and must_set_up(request.user):
        return redirect("mfa_activate_totp")
    return redirect(account_tab_url())
