"""What a card shows of a page beside its title: the summary and a picture.

A page type says in `card_picture` which of its images that is, and in which role it is shown.
"""

from typing import NamedTuple

from django.db.models.functions import Coalesce
from wagtail.models import Page
from wagtail.query import PageQuerySet

from core.content_api.representation.page_types import page_types
from core.content_api.representation.pictures import Picture


class PageCard(NamedTuple):
    summary: str
    picture: Picture | None


def with_cards(pages: PageQuerySet) -> PageQuerySet:
    """Read what cards show together with pages of any type: it is in the tables of their types."""
    joins = {model._meta.parents[Page].related_query_name(): model.card_picture[0] for model in page_types()}
    return pages.annotate(
        card_summary=Coalesce(*(f"{join}__summary" for join in joins)),
        card_image_id=Coalesce(*(f"{join}__{field}" for join, field in joins.items())),
    )


def page_card(page: Page) -> PageCard:
    """Return the card of a page that is public. It is of its own type, or was read `with_cards`."""
    field, role = page.specific_class.card_picture
    is_of_its_type = type(page) is page.specific_class
    summary = page.summary if is_of_its_type else page.card_summary
    image = getattr(page, f"{field}_id") if is_of_its_type else page.card_image_id
    return PageCard(summary, Picture(image, (role,)) if image else None)
