"""Marks, in previews alone, what is edited where. Pages that visitors see are not touched."""

import re

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from wagtail.models import Page

register = template.Library()

START_OF_ELEMENT = re.compile(r"<[a-z][a-z0-9-]*")


@register.simple_tag
def edit_url(page: Page, *path: str) -> SafeString | str:
    """`<h1{% edit_url page "title" %}>`: an attribute with the address of a field in the editor."""
    links = getattr(page, "edit_links", None)
    return format_html(' data-edit-url="{}"', links.to(*path)) if links else ""


@register.simple_block_tag
def edited_block(content: str, page: Page | None, field: str, block_id: str | None) -> SafeString:
    """Give the first element of a rendered block the same attribute. A block that shows nothing has none."""
    attribute = edit_url(page, field, block_id) if page and block_id else ""
    if attribute and (start := START_OF_ELEMENT.search(content)):
        content = content[: start.end()] + attribute + content[start.end() :]
    return mark_safe(content)  # noqa: S308 - it was rendered by templates
