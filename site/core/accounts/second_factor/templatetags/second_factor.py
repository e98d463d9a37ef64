from typing import Any

from django import template
from django.contrib.auth.models import User

from core.accounts.second_factor.factors import Factors
from core.accounts.second_factor.session import must_set_up

register = template.Library()


@register.simple_tag(takes_context=True)
def must_set_up_second_factor(context: dict[str, Any]) -> bool:
    """Whether the person can do nothing else before that."""
    person = context["request"].user
    return person.is_authenticated and must_set_up(person)


@register.inclusion_tag("second_factor/of_person.html", takes_context=True)
def second_factor_of(context: dict[str, Any], person: User) -> dict[str, Any]:
    """On the page of an account, for whoever manages accounts."""
    return {"person": person, "factors": Factors.of(person), "viewer": context["request"].user}


@register.filter
def in_fours(text: str) -> list[str]:
    """A long key, in pieces that an eye can follow."""
    return [text[start : start + 4] for start in range(0, len(text), 4)]
