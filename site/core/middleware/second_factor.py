from collections.abc import Callable

from allauth.core.exceptions import ReauthenticationRequired
from asgiref.sync import sync_to_async
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import SimpleLazyObject

from core.accounts.second_factor.session import authenticated_user


class SecondFactorMiddleware:
    """Makes whoever has not passed a required second step anonymous to every view, not to the admin alone.

    It follows the middlewares of Django, which trusts the session, and of allauth. Lazy: a public page
    that does not ask for the user costs no query.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.user = SimpleLazyObject(lambda: authenticated_user(request))  # type: ignore[assignment]
        request.auser = sync_to_async(lambda: authenticated_user(request))
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Redirect a POST that needs a fresh proof to the form, so that it is sent again.

        allauth would keep the whole POST in the session meanwhile.
        """
        if isinstance(exception, ReauthenticationRequired) and request.method == "POST":
            return redirect(request.get_full_path())
        return None
