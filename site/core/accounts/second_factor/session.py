"""What a session has proved. Without a required second step its user counts as anonymous."""

import time

from allauth.account import app_settings
from allauth.account.authentication import get_authentication_records
from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY, record_authentication
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user
from django.contrib.auth.models import AnonymousUser, User
from django.http import HttpRequest

from core.accounts.idle_sessions import has_gone_idle
from core.accounts.second_factor.factors import Factors
from core.accounts.second_factor.requirement import must_have_second_factor

#: The only pages that are open to someone who must set up a second step first, by URL name.
SET_UP_PAGES = {
    "mfa_index",
    "mfa_list_webauthn",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "account_reauthenticate",
    "wagtailadmin_logout",
}


def authenticated_user(request: HttpRequest) -> User | AnonymousUser:
    """Return the user of a request, or AnonymousUser while a required second step is missing, or once idle.

    Checked at each request and not only at the log-in: the session may be older than the setting, than a
    permission that was granted since, or than a phone that was lost since.
    """
    person = get_user(request)
    if not isinstance(person, User) or has_gone_idle(request, person):
        return AnonymousUser()
    factors = Factors.of(person)
    shown = _factors_shown(request, person)
    if factors.is_set_up or shown:
        return person if shown & factors.ids else AnonymousUser()
    if must_have_second_factor(person) and not _is_at_set_up(request):
        return AnonymousUser()
    return person


def has_set_up(request: HttpRequest) -> bool:
    return isinstance(request.user, User) and Factors.of(request.user).is_set_up


def has_shown_again(request: HttpRequest) -> bool:
    """Return whether the second step was shown again within the last five minutes, during the session."""
    records = get_authentication_records(request, request.user)
    since = time.time() - app_settings.REAUTHENTICATION_TIMEOUT
    return any(
        record["method"] == "mfa" and record.get("reauthenticated") and record["at"] > since
        for record in records
    )


#: A decorator for sensitive views: whoever has a second step shows it again after five minutes.
fresh_second_step_required = reauthentication_required(app="allauth.mfa", enabled=has_set_up)


def must_set_up(person: User) -> bool:
    return not Factors.of(person).is_set_up and must_have_second_factor(person)


def record_password(request: HttpRequest, person: User) -> None:
    """Record the password as just typed, so that setting up a second step does not ask for it again."""
    record_authentication(request, person, "password", reauthenticated=True)


def record_factor(request: HttpRequest, person: User, factor: Authenticator) -> None:
    record_authentication(request, person, "mfa", id=factor.pk, type=factor.type)


def forget_removed_factors(request: HttpRequest, person: User) -> None:
    """Forget factors that no longer exist: who removes their own stays signed in here, and nowhere else."""
    still_there = Factors.of(person).ids
    request.session[AUTHENTICATION_METHODS_SESSION_KEY] = [
        record
        for record in get_authentication_records(request, person)
        if record["method"] != "mfa" or record["id"] in still_there
    ]


def _factors_shown(request: HttpRequest, person: User) -> set[int]:
    """Return the ids of the factors that the session was opened with, also of those removed since."""
    records = get_authentication_records(request, person)
    return {record["id"] for record in records if record["method"] == "mfa"}


def _is_at_set_up(request: HttpRequest) -> bool:
    """Return False before the URL is resolved, so that middlewares see an anonymous user."""
    match = request.resolver_match
    return match is not None and match.view_name in SET_UP_PAGES
