"""What a session has proved. Without the second step where there must be one, it is a stranger's."""

from allauth.account.authentication import get_authentication_records
from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY, record_authentication
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user
from django.contrib.auth.models import AnonymousUser, User
from django.http import HttpRequest

from core.accounts.second_factor.factors import Factors
from core.accounts.second_factor.requirement import must_have_second_factor

#: All that is open to someone who must set up a second step first.
SET_UP_PAGES = {
    "mfa_index",
    "mfa_activate_totp",
    "account_reauthenticate",
    "wagtailadmin_logout",
}


def recognised(request: HttpRequest) -> User | AnonymousUser:
    """Who is behind a request, as far as it is proved.

    Asked at each request and not at the sign-in alone: a session may be older than the setting, than a right
    that was given since, or than a lost phone.
    """
    person = get_user(request)
    if not isinstance(person, User):
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


#: Before something that matters: whoever has a second step shows it again, after five minutes.
ask_again = reauthentication_required(app="allauth.mfa", enabled=has_set_up)


def must_set_up(person: User) -> bool:
    return not Factors.of(person).is_set_up and must_have_second_factor(person)


def record_password(request: HttpRequest, person: User) -> None:
    """Also counts as asked again: who typed it a moment ago need not type it anew to set up a second step."""
    record_authentication(request, person, "password", reauthenticated=True)


def record_factor(request: HttpRequest, person: User, factor: Authenticator) -> None:
    record_authentication(request, person, "mfa", id=factor.pk, type=factor.type)


def forget_removed(request: HttpRequest, person: User) -> None:
    """Whoever takes away their own stays signed in here. Elsewhere, what it opened is closed."""
    still_there = Factors.of(person).ids
    request.session[AUTHENTICATION_METHODS_SESSION_KEY] = [
        record
        for record in get_authentication_records(request, person)
        if record["method"] != "mfa" or record["id"] in still_there
    ]


def _factors_shown(request: HttpRequest, person: User) -> set[int]:
    """Those that were taken away since are among them."""
    records = get_authentication_records(request, person)
    return {record["id"] for record in records if record["method"] == "mfa"}


def _is_at_set_up(request: HttpRequest) -> bool:
    """Whatever asks before the address is resolved meets a stranger."""
    match = request.resolver_match
    return match is not None and match.view_name in SET_UP_PAGES
