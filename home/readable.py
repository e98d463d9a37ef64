"""Pages that editors chose, as far as anyone may read them."""

from collections.abc import Iterable

from wagtail.models import Page

from home.visibility import public


def readable_in_order(pages: Iterable[Page]) -> list[Page]:
    """With the fields of their own types, in the editors' order; asked for together."""
    order = list(dict.fromkeys(page.pk for page in pages))
    if not order:
        return []
    found = {page.pk: page for page in public(Page.objects.filter(pk__in=order)).specific()}
    return [found[pk] for pk in order if pk in found]
