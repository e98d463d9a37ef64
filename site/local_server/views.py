from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from local_server import mailbox


@never_cache
@require_safe
def mailbox_page(request: HttpRequest) -> HttpResponse:
    return render(request, "mailbox/mailbox.html", {"mail": mailbox.messages()})


@never_cache
@require_safe
def message_page(request: HttpRequest, key: str) -> HttpResponse:
    message = mailbox.message(key)
    if message is None:
        raise Http404(_("There is no such letter in the mailbox."))
    return render(request, "mailbox/message.html", {"message": message})
