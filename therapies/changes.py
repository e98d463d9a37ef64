"""What other front ends hear of facts: those of a therapy are published with its page, these are not."""

from home.caching.keys import FACTS, type_key
from home.webhooks.enums import EventType
from home.webhooks.registry import Change, announce_changes_of
from therapies.models import ComparisonDimension, Reference


def announce_facts() -> None:
    for model in (ComparisonDimension, Reference):
        announce_changes_of(model, EventType.FACTS_CHANGED, change_of_fact)


def change_of_fact(fact: ComparisonDimension | Reference) -> Change:
    return Change([FACTS, type_key(fact._meta.label)])
