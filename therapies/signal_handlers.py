"""Webhooks about changed dimensions and references. Values and evidence change with their therapy's page."""

from core.caching.surrogate_keys import FACTS, type_key
from core.webhooks.change_registry import Change, announce_changes_of
from core.webhooks.enums import EventType
from therapies.models import ComparisonDimension, Reference


def announce_facts() -> None:
    for model in (ComparisonDimension, Reference):
        announce_changes_of(model, EventType.FACTS_CHANGED, change_of_fact)


def change_of_fact(fact: ComparisonDimension | Reference) -> Change:
    return Change([FACTS, type_key(fact._meta.label)])
