"""Pages whose type decides their address, and not their place in the tree."""

from wagtail.models import Page


def has_own_address(page: Page) -> bool:
    return page.specific_class.get_url_parts is not Page.get_url_parts


def with_own_addresses(pages: list[Page]) -> list[Page]:
    """Return the same pages, read as their specific type where that decides the URL: one query per type.

    The managers of these types prefetch what the URL is made of.
    """
    own: dict[int, Page] = {}
    for model in {page.specific_class for page in pages if has_own_address(page)}:
        own |= model.objects.filter(pk__in=[page.pk for page in pages]).in_bulk()
    return [own.get(page.pk, page) for page in pages]
