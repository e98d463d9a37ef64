from collections.abc import Callable

from allauth.core.exceptions import ReauthenticationRequired
from asgiref.sync import sync_to_async
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import SimpleLazyObject

from core.accounts.second_factor.proof import recognised


class SecondFactorMiddleware:
    """Whoever has not taken the second step is a stranger to everything behind here, not to the admin alone.

    After Django's own middleware, which believes the session, and after allauth's. Nothing is looked up
    before someone asks who it is: public pages do not.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.user = SimpleLazyObject(lambda: recognised(request))  # type: ignore[assignment]
        request.auser = sync_to_async(lambda: recognised(request))
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Someone has to prove themselves again, and then sends the form anew.

        allauth would keep what was sent in the session meanwhile, addresses and cookies included.
        """
        if isinstance(exception, ReauthenticationRequired) and request.method == "POST":
            return redirect(request.get_full_path())
        return None
