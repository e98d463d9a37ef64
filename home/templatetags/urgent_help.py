from collections.abc import Collection
from typing import Any

from django import template

from home.help_lines import in_order
from home.models import CrisisHelp
from home.urgent_help.groups import HelpGroup

register = template.Library()


@register.simple_tag
def help_lines(
    crisis: CrisisHelp, groups: Collection[HelpGroup] | None = None, is_under_age: bool | None = None
) -> list[Any]:
    """Return the help lines in the order that suits the words or the age. A template may leave both out."""
    return in_order(crisis.help_lines, lambda line: line.value, groups or (), is_under_age=bool(is_under_age))
