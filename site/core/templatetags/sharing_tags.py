"""How a page is found and shared. Each tag is silent where the page is not shown at its own address."""

from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from core.models import BasePage
from core.seo.alternates import Alternate, alternates_of
from core.seo.graph import graph_of
from core.seo.share_card import ShareCard, card_of
from core.seo.structured_data import in_html
from core.seo.subject import Subject

register = template.Library()


@register.simple_tag(takes_context=True)
def structured_data(context: Context) -> SafeString | str:
    """Its JSON-LD: a data block, which browsers do not run and the security policy lets be."""
    subject = _subject(context)
    if subject is None:
        return ""
    json = mark_safe(in_html(graph_of(subject, context["request"])))  # noqa: S308 - it escapes
    return format_html('<script type="application/ld+json">{}</script>', json)


@register.simple_tag(takes_context=True)
def share_card(context: Context) -> ShareCard | None:
    subject = _subject(context)
    return card_of(subject, context["request"]) if subject else None


@register.simple_tag(takes_context=True)
def language_alternates(context: Context) -> list[Alternate]:
    page = _page(context)
    return alternates_of(page, context["request"]) if page else []


def _subject(context: Context) -> Subject | None:
    """What the page shows that is not a page itself, such as a comparison; else the page."""
    return context.get("shared") or _page(context)


def _page(context: Context) -> BasePage | None:
    page = context.get("page")
    is_own = isinstance(page, BasePage) and page.is_shown_at(context["request"])
    return page if is_own else None
