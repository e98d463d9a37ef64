from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.api import APIField
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.search import index

from core.models import BasePage
from therapists.directory.comparing import CHOSEN, compare_therapists
from therapists.directory.filters import has_blanks, without_blanks
from therapists.directory.results import directory_results
from therapists.models.profiles import TherapistPage
from therapists.models.querysets import TherapistQuerySet


class TherapistIndexPage(RoutablePageMixin, BasePage):
    """The directory: every public profile, filtered by the query of the address."""

    page_description = _("The directory: every public profile, with filters. Profiles are made below it.")
    parent_page_types = ["home.HomePage"]
    subpage_types = ["therapists.TherapistPage"]
    max_count_per_parent = 1
    template = "pages/therapist_index_page.html"
    schema_type = "CollectionPage"

    heading = models.CharField(
        _("heading"),
        max_length=80,
        blank=True,
        db_default="",
        help_text=_("“Who would you like to talk to?” Empty: the title."),
    )

    content_panels = [*BasePage.content_panels, "heading"]
    search_fields = [*BasePage.search_fields, index.SearchField("heading")]
    api_fields = [*BasePage.api_fields, APIField("heading")]

    class Meta:
        verbose_name = _("therapist directory")

    @property
    def therapists(self) -> TherapistQuerySet:
        return TherapistPage.objects.listed_on(self)

    @path("")
    def directory(self, request: HttpRequest) -> HttpResponse:
        if has_blanks(request.GET):
            return HttpResponseRedirect(self.get_url(request) + without_blanks(request.GET))
        results = directory_results(self, request.GET, timezone.localdate())
        return self.render(request, context_overrides={"results": results})

    @path("compare/", name="compare")
    def compare(self, request: HttpRequest) -> HttpResponse:
        comparison = compare_therapists(self.therapists, request.GET.getlist(CHOSEN))
        return self.render(
            request,
            template="pages/therapist_compare_page.html",
            context_overrides={"comparison": comparison},
        )
