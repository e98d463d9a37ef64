from collections.abc import Sequence

from django import template
from django.db.models import Q

from core.caching.content_memory import remembered
from core.visibility import public
from therapies.models import ComparisonPage, TherapyPage

register = template.Library()


@register.simple_tag
def comparisons_with(therapy: TherapyPage) -> Sequence[ComparisonPage]:
    """The public comparisons that an editor wrote about this therapy and another."""
    return _comparisons_with(therapy.pk)


@remembered
def _comparisons_with(therapy: int) -> Sequence[ComparisonPage]:
    about_it = ComparisonPage.objects.filter(Q(first=therapy) | Q(second=therapy))
    return list(public(about_it).defer_streamfields().order_by("title"))
