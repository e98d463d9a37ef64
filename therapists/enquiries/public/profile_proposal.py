"""Where a therapist proposes a change of their profile, by the link to their own page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.throttling import Throttle
from therapists.enquiries.public.private_page import private_page
from therapists.enquiries.public.profile_form import ProfileProposalForm
from therapists.enquiries.public.therapist_desk import therapist_or_404
from therapists.enquiries.services.profile_proposals import ProfileChanged, ProfileClosed, is_closed, propose
from therapists.models import TherapistPage

#: Each keeps a draft: whoever has the link cannot fill the history of a profile.
MOST_IN_A_DAY = 20


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def profile_proposal(request: HttpRequest, token: str) -> HttpResponse:
    therapist = therapist_or_404(token)
    draft = therapist.get_latest_revision_as_object()
    if is_closed(therapist):
        return _show(request, token, therapist, None)
    form = ProfileProposalForm(draft, request.POST or None)
    if request.method == "POST" and form.is_valid():
        throttle = Throttle("proposal", str(therapist.pk), MOST_IN_A_DAY, seconds=24 * 3600)
        if not throttle.allows_one_more():
            response = render(request, "pages/enquiry_too_often.html", status=429)
            response["Retry-After"] = str(throttle.seconds_to_wait())
            return response
        try:
            if propose(therapist, form.wishes(), form.cleaned_data["began_with"]):
                return redirect("enquiries:therapist", token)
            form.add_error(None, _("Nothing is different from what your profile says, or will say, already."))
        except ProfileClosed:
            return _show(request, token, therapist, None)
        except ProfileChanged:
            form.add_error(
                None,
                _("The practice changed your profile while you wrote. Please open this page again and look."),
            )
    return _show(request, token, therapist, form)


def _show(
    request: HttpRequest, token: str, therapist: TherapistPage, form: ProfileProposalForm | None
) -> HttpResponse:
    context = {"token": token, "name": therapist.title, "form": form}
    status = 422 if form is not None and form.errors else 200
    return render(request, "pages/profile_proposal.html", context, status=status)
