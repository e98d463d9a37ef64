"""Pages with the fields of their types. What each field says is remembered until any content changes.

It is the same in a list, for an id and for a path, whichever fields are chosen beside it. It is the same for
everyone too: answers know no session, and what a field points at is only named (`Deferred`), and read for
each answer. A draft is no such record: previews make their answers without this.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Sequence
from typing import Any

from rest_framework.request import Request
from wagtail.models import Page, Site
from wagtail.query import PageQuerySet

from core.caching.content_memory import remember_each_as
from core.content_api.endpoints.page_hierarchy import PageHierarchies
from core.content_api.prefetch_registry import look_up_for_api, prefetch_for_api
from core.content_api.representation.absolute_urls import absolute
from core.content_api.serializers import FieldAnswer
from core.models import BasePage

#: By name, what the fields of a page said. Fields are added as they are first asked for.
type Said = dict[str, FieldAnswer | None]


def types_alone(pages: PageQuerySet) -> PageQuerySet:
    """Read of the pages what `page_records` needs."""
    bare = pages.prefetch_related(None).select_related(None)  # what a manager adds is for whole pages
    return bare.select_related("locale").only("content_type", "locale")


def page_records(view: Any, pages: Sequence[Page], chosen: Sequence[str]) -> list[dict[str, Any]]:
    """Return public pages in their order, each with those of the chosen fields that its type has.

    The pages given may be read with their `types_alone`. One that is gone meanwhile is left out.
    """
    context = view.get_serializer_context()
    models = {page.specific_class for page in pages}
    serializers = {model: view.serializer_of(model, chosen, context) for model in models}
    said = remember_each_as(_same_for(view.request), (page.pk for page in pages), _nothing_said)

    def is_said(page: Page) -> bool:
        return serializers[page.specific_class].names() <= said[page.pk].keys()

    if unsaid := [page for page in pages if not is_said(page)]:
        read = _as_their_types(unsaid, chosen)
        if not set(chosen).isdisjoint(view.named_fields):
            context["hierarchies"] = PageHierarchies(read, view.request)
        for page in read:
            said[page.pk].update(serializers[type(page)].field_answers(page))
    return [
        serializers[page.specific_class].assembled(page, said[page.pk]) for page in pages if is_said(page)
    ]


def _same_for(request: Request) -> tuple[Hashable, ...]:
    """Return what fields depend on beside the content and the language: the site, and where the API is."""
    site = Site.find_for_request(request)
    return page_records, site and site.pk, absolute("/", request)


def _nothing_said(ids: Collection[int]) -> dict[int, Said]:
    return {pk: {} for pk in ids}


def _as_their_types(pages: Sequence[Page], chosen: Collection[str]) -> list[BasePage]:
    """Return the same pages with what the chosen fields need: a fixed number of queries for each type."""
    ids: defaultdict[type[BasePage], list[int]] = defaultdict(list)
    for page in pages:
        ids[page.specific_class].append(page.pk)
    found: list[BasePage] = []
    for model, pks in ids.items():
        found += prefetch_for_api(model.objects.filter(pk__in=pks), chosen)
    look_up_for_api(found, chosen)
    return found
