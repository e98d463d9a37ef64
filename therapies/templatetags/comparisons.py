from collections.abc import Sequence

from django import template

from core.linked_pages import all_public_pages
from therapies.models import ComparisonPage, TherapyPage

register = template.Library()


@register.simple_tag
def comparisons_with(therapy: TherapyPage) -> Sequence[ComparisonPage]:
    """The public comparisons that an editor wrote about this therapy and another."""
    comparisons = all_public_pages("therapies.ComparisonPage", None).values()
    return [one for one in comparisons if therapy.pk in (one.first_id, one.second_id)]
