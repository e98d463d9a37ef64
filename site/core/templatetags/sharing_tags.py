"""Metadata in the head of a page. Each tag returns nothing where the page is not shown at its own URL."""

from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from core.models import BasePage
from core.seo.alternates import Alternate, alternates_of
from core.seo.page_graph import graph_of
from core.seo.share_card import ShareCard, card_of
from core.seo.shareable import Shareable
from core.seo.structured_data import in_html

register = template.Library()


@register.simple_tag(takes_context=True)
def structured_data(context: Context) -> SafeString | str:
    """Return the JSON-LD: a data block, which the security policy does not concern."""
    shareable = _shareable(context)
    if shareable is None:
        return ""
    json = mark_safe(in_html(graph_of(shareable, context["request"])))  # noqa: S308 - it escapes
    return format_html('<script type="application/ld+json">{}</script>', json)


@register.simple_tag(takes_context=True)
def share_card(context: Context) -> ShareCard | None:
    shareable = _shareable(context)
    return card_of(shareable, context["request"]) if shareable else None


@register.simple_tag(takes_context=True)
def shared_link(context: Context) -> ShareCard:
    """Return the card of a page that is previewed, wherever it is shown."""
    return card_of(context["page"], context["request"])


@register.simple_tag(takes_context=True)
def language_alternates(context: Context) -> list[Alternate]:
    page = _page(context)
    return alternates_of(page, context["request"]) if page else []


def _shareable(context: Context) -> Shareable | None:
    """Return what the page shows at this URL that is not a page, such as a comparison; else the page."""
    return context.get("shared") or _page(context)


def _page(context: Context) -> BasePage | None:
    page = context.get("page")
    is_own = isinstance(page, BasePage) and page.is_shown_at(context["request"])
    return page if is_own else None
