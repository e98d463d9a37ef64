"""The pages above a page that a request was routed to: Wagtail has loaded them on the way."""

from wagtail.models import Page


def routed_ancestors(page: Page) -> list[Page] | None:
    """Return the pages above this one, from the front page down, or None where no route led through them."""
    above: list[Page] = []
    while page.depth > 2:
        parent = vars(page).get("_cached_parent_obj")  # left there by `Page.route`
        if parent is None:
            return None
        above.insert(0, parent)
        page = parent
    return above
