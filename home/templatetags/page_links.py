from django import template
from django.template import Context
from wagtail.models import Page

from home.visibility import is_public

register = template.Library()


@register.simple_tag(takes_context=True)
def public_url(context: Context, page: Page | None) -> str:
    """Empty for a page that not everyone may read: it is not linked to."""
    if page is None or not is_public(page):
        return ""
    return page.get_url(context.get("request")) or ""
