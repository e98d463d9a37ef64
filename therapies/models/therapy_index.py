from collections.abc import Mapping, Sequence
from copy import copy
from typing import Any

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail.api import APIField
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from core.caching.content_memory import remembered
from core.linked_pages import all_public_pages
from core.models import BasePage
from core.query_strings import with_query
from core.visibility import is_withheld
from therapies.blocks import TherapyGroupBlock
from therapies.compare_urls import chooser_context, compare_url, comparison_url
from therapies.comparing import pairs
from therapies.comparing.generated import GeneratedComparison
from therapies.enums import TherapyFamily
from therapies.forms import ComparisonForm
from therapies.models.comparisons import ComparisonPage
from therapies.models.list_groups import list_groups
from therapies.models.stored_facts import lengths_of
from therapies.models.therapies import TherapyPage, TherapyQuerySet


@remembered
def _comparable(index: Page) -> Mapping[str, TherapyPage]:
    """Return the therapies of the list by what an address may call them, without what only articles say."""
    by_name: dict[str, TherapyPage] = {}
    for therapy in TherapyPage.objects.listed_on(index).defer("other_way", "body"):
        by_name.setdefault(therapy.slug.lower(), therapy)
        by_name[therapy.compare_name] = therapy
    return by_name


class TherapyIndexPage(RoutablePageMixin, BasePage):
    """The list of therapies, and the door to every comparison of them."""

    page_description = _(
        "The list of therapies. Any two to four of them are compared below it, with nothing written."
    )
    parent_page_types = ["home.HomePage"]
    subpage_types = ["therapies.TherapyPage", "therapies.ComparisonPage"]
    max_count_per_parent = 1
    template = "pages/therapy_index_page.html"
    schema_type = "CollectionPage"

    heading = models.CharField(
        _("heading"),
        max_length=80,
        blank=True,
        db_default="",
        help_text=_("“What kind of help would you like?” Empty: the title."),
    )
    groups = StreamField(
        [("group", TherapyGroupBlock())],
        verbose_name=_("groups"),
        blank=True,
        help_text=_("In their order. A therapy that stands in none follows under the name of its family."),
    )

    content_panels = [*BasePage.content_panels, "heading", "groups"]
    search_fields = [*BasePage.search_fields, index.SearchField("heading"), index.SearchField("groups")]
    api_fields = [*BasePage.api_fields, APIField("heading"), APIField("groups")]

    class Meta:
        verbose_name = _("list of therapies")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Raise Http404 for a withheld page: the routes do not pass through `BasePage.serve`."""
        if is_withheld(self):
            raise Http404
        return super().serve(request, *args, **kwargs)

    @path("compare/", name="compare")
    def choose(self, request: HttpRequest) -> HttpResponse:
        choices = self.therapies().as_choices()
        begun = request.GET.getlist("with")
        form = (
            ComparisonForm.about(begun, choices)
            if begun
            else ComparisonForm(request.GET or None, therapies=choices)
        )
        if form.is_valid():
            others = request.GET.copy()
            del others["therapy"]
            address = comparison_url(self, form.cleaned_data["therapy"], request)
            return redirect(with_query(address, others.urlencode()))
        response = self.render(
            request,
            template="pages/comparison_choice.html",
            context_overrides={
                "above": self.path_to_comparisons(),
                **chooser_context(form, self, request),
            },
        )
        response.status_code = 400 if form.is_bound else 200
        return response

    @path("compare/<str:address>/", name="comparison")
    def compare(self, request: HttpRequest, address: str) -> HttpResponse:
        therapies = self.therapies_at(address)
        names = [therapy.compare_name for therapy in therapies]
        if address != pairs.address(names):
            right = comparison_url(self, names, request)
            return redirect(with_query(right, request.META["QUERY_STRING"]), permanent=True)
        written = self._written_about(therapies)
        if written:
            written._cached_parent_obj = self  # as for a page that a route leads to: its trail is known
            return written.serve(request)
        above = self.path_to_comparisons()
        generated = GeneratedComparison(
            TherapyPage.compare(therapies, request=request),
            trail=[(page.title, page.get_full_url(request)) for page in above],
            treatments=[therapy.as_treatment(request) for therapy in therapies],
        )
        return self.render(
            request,
            template="pages/comparison.html",
            context_overrides={
                "above": above,
                "shared": generated,
                "sides": [therapy.as_side(request) for therapy in therapies],
                "compare_address": compare_url(self, request),
                "canonical_url": generated.get_canonical_url(request),
            },
        )

    def path_to_comparisons(self) -> list[Page]:
        """The pages above a comparison, which is no page of the tree: a reader finds it below this list."""
        return [*self.breadcrumbs, self]

    def therapies(self) -> TherapyQuerySet:
        return TherapyPage.objects.listed_on(self)

    def therapies_at(self, address: str) -> list[TherapyPage]:
        """Return the therapies that an address names, in the order of the one right address.

        Raise Http404 where it names none that can be compared.
        """
        by_name = _comparable(self)
        names = pairs.read(address, by_name)
        chosen = {by_name[name].pk: by_name[name] for name in names or ()}
        if names is None or len(chosen) < len(names):
            raise Http404
        return sorted(map(copy, chosen.values()), key=lambda therapy: therapy.compare_name)

    def _written_about(self, therapies: Sequence[TherapyPage]) -> ComparisonPage | None:
        """Return the public comparison of exactly these that an editor wrote, with them as its pair."""
        pair = {therapy.pk: therapy for therapy in therapies}
        known = all_public_pages("therapies.ComparisonPage", None).values()
        about = [one.pk for one in known if {one.first_id, one.second_id} == pair.keys()]
        pages = ComparisonPage.objects.select_related(None).select_related(*ComparisonPage.shown_with)
        written = pages.child_of(self).filter(pk__in=about).first() if about else None
        if written:
            written.first, written.second = pair[written.first_id], pair[written.second_id]
        return written

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        therapies = list(self.therapies())
        lengths = lengths_of(therapy.pk for therapy in therapies)
        for therapy in therapies:
            therapy.length = lengths.get(therapy.pk, "")
        return context | {
            "groups": list_groups(self.groups, therapies, TherapyFamily, "family"),
            "compare_address": compare_url(self, request),
        }
