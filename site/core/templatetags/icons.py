from functools import cache

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """`{% icon "chevron" %}`: a symbol of static/icons/sprite.svg.

    It never stands alone: the words beside it carry the meaning.
    """
    use = format_html('<use href="{}#{}"></use>', static("icons/sprite.svg"), name)
    return format_html('<svg class="icon icon--{}" aria-hidden="true" focusable="false">{}</svg>', name, use)
