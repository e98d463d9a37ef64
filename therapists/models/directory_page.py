from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from home.models import BasePage
from therapists.directory.filters import has_blanks, without_blanks
from therapists.directory.results import directory_results
from therapists.models.profiles import TherapistPage


class TherapistIndexPage(BasePage):
    """The directory: every public profile, narrowed by what the address asks for."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["therapists.TherapistPage"]
    max_count_per_parent = 1
    template = "pages/therapist_index_page.html"

    class Meta:
        verbose_name = _("therapist directory")

    def serve(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if has_blanks(request.GET):
            return HttpResponseRedirect(self.get_url(request) + without_blanks(request.GET))
        return super().serve(request, *args, **kwargs)

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        therapists = TherapistPage.objects.published().child_of(self)
        context["results"] = directory_results(therapists, request.GET, timezone.localdate())
        return context
