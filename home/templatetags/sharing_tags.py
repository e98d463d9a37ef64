"""How a page is found and shared: its graph for search engines, its card where somebody shares a link."""

from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from home.models import BasePage
from home.sharing.graph import graph_of

register = template.Library()


@register.simple_tag(takes_context=True)
def structured_data(context: Context) -> SafeString | str:
    """The page's JSON-LD: a data block, which browsers do not run and the security policy lets be."""
    page, request = context.get("page"), context["request"]
    if not isinstance(page, BasePage) or not page.is_shown_at(request):
        return ""
    json = mark_safe(graph_of(page, request))  # noqa: S308 - `graph` escapes what could close the element
    return format_html('<script type="application/ld+json">{}</script>', json)
