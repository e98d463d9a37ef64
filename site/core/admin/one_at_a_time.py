from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.admin.utils import unquote
from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest, HttpResponse

from core.models.publication import UnfitForPublication


def one_at_a_time(
    view: Callable[..., HttpResponse], model: type[Model], keyword: str
) -> Callable[..., HttpResponse]:
    """Let one request at a time store the record that an argument of the view names, wholly or not at all.

    A draft that saves itself, a second press and another person come at one moment. Wagtail's editors read
    the record, its rows and the step of its workflow apart from each other, and store what they read: here
    each waits for the one before, and reads what that left.
    """

    @wraps(view)
    def waiting_view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        with transaction.atomic():
            model._base_manager.select_for_update().filter(pk=unquote(str(kwargs[keyword]))).first()
            try:
                return view(request, *args, **kwargs)
            except UnfitForPublication as error:
                refusal = error  # raised when the draft that was saved before it is stored
        raise refusal

    return waiting_view
