"""The doors of the workplace. Whoever may not enter is told that nothing is there."""

from typing import Any

from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from therapists.enquiries.access.access_log import broken_glass, record_reading
from therapists.enquiries.access.roles import may_break_glass, may_handle
from therapists.enquiries.models import BreakGlass, Enquiry
from therapists.enquiries.models.access import Reading

_hidden = [never_cache, sensitive_post_parameters(), sensitive_variables()]


def signed_in(request: HttpRequest) -> User:
    """The person behind a request that a door below let in: never an anonymous one."""
    if not isinstance(request.user, User):
        raise Http404
    return request.user


@method_decorator(_hidden, name="dispatch")
class MatchingTeamView(View):
    """For the Matching team alone."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_handle(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)


@method_decorator(_hidden, name="dispatch")
class EnquiryView(View):
    """One enquiry: for the Matching team, and for an administrator who broke glass over it."""

    enquiry: Enquiry
    glass: BreakGlass | None = None
    #: Administrators may look; only the team acts.
    administrators_may_enter = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        user = request.user
        is_team = may_handle(user)
        if not is_team and not (self.administrators_may_enter and may_break_glass(user)):
            raise Http404
        self.enquiry = get_object_or_404(
            Enquiry.objects.select_related("owner", "therapist", "chosen_therapist"), pk=kwargs["pk"]
        )
        if not is_team:
            self.glass = broken_glass(self.enquiry, signed_in(request))
            if self.glass is None:
                return redirect("enquiries_admin:break_glass", self.enquiry.pk)
        return super().dispatch(request, *args, **kwargs)

    def record(self, reading: Reading) -> None:
        record_reading(self.enquiry, reading, signed_in(self.request), self.glass)
