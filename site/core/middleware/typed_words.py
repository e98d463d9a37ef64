from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.debug import sensitive_variables

from core.accounts.typed_words import keep_typed_words


class TypedWordsMiddleware:
    """Keeps what someone sends whose session has ended, where the view asks for it.

    The view itself is not reached: the admin asks them to sign in, and leads them back with a GET.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    @sensitive_variables()
    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        keeps = getattr(getattr(view, "view_class", None), "keeps_typed_words", False)
        if keeps and request.method == "POST" and not request.user.is_authenticated:
            keep_typed_words(request)
