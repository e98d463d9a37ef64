from collections.abc import Sequence

from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.linked_pages import all_public_pages
from therapies.comparing.comparison import ComparisonCell
from therapies.fact_links import edit_fact_address
from therapies.models import ComparisonPage, TherapyPage

register = template.Library()


@register.simple_tag
def comparisons_with(therapy: TherapyPage) -> Sequence[ComparisonPage]:
    """The public comparisons that an editor wrote about this therapy and another."""
    comparisons = all_public_pages("therapies.ComparisonPage", None).values()
    return [one for one in comparisons if therapy.pk in (one.first_id, one.second_id)]


@register.simple_tag(takes_context=True)
def edit_fact(context: Context, cell: ComparisonCell) -> SafeString | str:
    """Return a link to where a fact is edited, for whoever may: visitors are shown none.

    Blocks are rendered in a context of their own, which knows the request by its name alone.
    """
    request = context.get("request") or getattr(context, "request", None)
    address = edit_fact_address(cell, request) if request else ""
    if not address or cell.value is None:
        return ""
    whose = f"{cell.therapy.short_name}: {cell.value.dimension.question}"
    link = '<a class="note no-print" href="{}">{} <span class="visually-hidden">({})</span></a>'
    return format_html(link, address, _("Edit this fact"), whose)
