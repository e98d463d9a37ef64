"""What the admin pages of enquiries share. Whoever may not enter is told that nothing is there."""

from typing import Any

from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from therapists.enquiries.access.access_log import current_break_glass, record_reading
from therapists.enquiries.access.team import may_break_glass, may_handle
from therapists.enquiries.models import BreakGlass, Enquiry, ReadingKind

#: Kept by no cache, and told by no report of an error.
hidden = [never_cache, sensitive_post_parameters(), sensitive_variables()]


def signed_in(request: HttpRequest) -> User:
    """Return who asks. The views below let no anonymous one in."""
    if not isinstance(request.user, User):
        raise Http404
    return request.user


@method_decorator(hidden, name="dispatch")
class MatchingTeamView(View):
    """For the Matching team alone."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_handle(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)


@method_decorator(hidden, name="dispatch")
class EnquiryView(View):
    """One enquiry: for the Matching team, and for an administrator who broke glass over it."""

    enquiry: Enquiry
    glass: BreakGlass | None = None
    #: Administrators may look; only the team acts.
    allows_administrators = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        user = request.user
        is_team = may_handle(user)
        if not is_team and not (self.allows_administrators and may_break_glass(user)):
            raise Http404
        self.enquiry = get_object_or_404(
            Enquiry.objects.select_related("owner", "therapist", "chosen_therapist"), pk=kwargs["pk"]
        )
        if not is_team:
            self.glass = current_break_glass(self.enquiry, signed_in(request))
            if self.glass is None:
                return redirect("enquiries_admin:break_glass", self.enquiry.pk)
        return super().dispatch(request, *args, **kwargs)

    def record(self, reading: ReadingKind) -> None:
        record_reading(self.enquiry, reading, signed_in(self.request), self.glass)


class WorkplacePage(WagtailAdminTemplateMixin):
    """A page whose breadcrumbs lead back to the inbox."""

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        title = str(self.get_page_title())
        inbox = {"url": reverse("enquiries_admin:inbox"), "label": _("Enquiries")}
        here = [] if title == inbox["label"] else [{"url": "", "label": title}]
        return [*self.breadcrumbs_items, inbox, *here]
