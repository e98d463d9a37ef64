"""The button beside a diary that sends a therapist the link to their own page."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from therapists.enquiries.services.new_links import send_own_page
from therapists.models import Availability, Departure, TherapistPage, TherapistPrivate


@permission_required("therapists.change_availability", raise_exception=True)
@require_POST
def send_own_page_view(request: HttpRequest, pk: int) -> HttpResponse:
    """The link is shown to nobody here: whoever has it could act as the therapist."""
    therapist = get_object_or_404(Availability, pk=pk).therapist
    name = {"name": therapist.title}
    pages = TherapistPage.objects.same_person_as(therapist)
    if Departure.objects.filter(therapist__in=pages).exists():
        messages.error(request, _("%(name)s has left, and has no page of their own.") % name)
    elif not TherapistPrivate.objects.filter(therapist=therapist).exclude(offer_email="").exists():
        messages.error(request, _("There is no e-mail address of %(name)s in the private records.") % name)
    elif send_own_page(therapist):
        messages.success(request, _("The link to their own page is on its way to %(name)s.") % name)
    else:
        messages.warning(
            request, _("%(name)s was sent it within the last hour. Nothing was sent now.") % name
        )
    return redirect("diaries:index")
