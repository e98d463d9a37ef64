"""A new link instead of one that has ended: to the address that we have, and never to whoever asks."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from therapists.enquiries.models import Offer
from therapists.enquiries.public.private_page import private_page
from therapists.enquiries.public.therapist_desk import here_or_404
from therapists.enquiries.services.new_links import send_offer_link, send_own_page
from therapists.enquiries.signed_links import Purpose, read_token

#: Whose links end. What is asked for otherwise has no page that a new link could lead to.
_ENDING = (Purpose.THERAPIST, Purpose.OFFER, Purpose.INTRODUCTION)


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def new_link(request: HttpRequest, purpose: str, token: str) -> HttpResponse:
    if request.method != "POST" and purpose in _ENDING:
        return redirect(f"enquiries:{purpose}", token)
    match purpose:
        case Purpose.THERAPIST:
            therapist, _made_at = here_or_404(token)
            send_own_page(therapist)
        case Purpose.OFFER | Purpose.INTRODUCTION:
            key = read_token(Purpose(purpose), token)
            if key is None or not Offer.objects.filter(pk=key).exists():
                raise Http404
            send_offer_link(key)
        case _:
            raise Http404
    return redirect("enquiries:new_link_sent")


@private_page
@require_http_methods(["GET", "HEAD"])
def new_link_sent(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/link_sent.html")
