"""Webhooks about changed dimensions and references, and the workflow of what is said about health.

Values and evidence change with their therapy's page.
"""

from typing import Any

from django.db.models.signals import post_save
from wagtail.models import Workflow, WorkflowPage

from core.caching.surrogate_keys import FACTS, type_key
from core.webhooks.change_registry import Change, announce_changes_of
from core.webhooks.enums import EventType
from therapies.models import (
    ComparisonDimension,
    ConcernIndexPage,
    DimensionTranslation,
    Reference,
    TherapyIndexPage,
)

CLINICAL_REVIEW = "Clinical review"


def announce_facts() -> None:
    for model in (ComparisonDimension, Reference):
        announce_changes_of(model, EventType.FACTS_CHANGED, change_of_fact)
    of_dimensions = Change([FACTS, type_key(ComparisonDimension._meta.label)])
    announce_changes_of(DimensionTranslation, EventType.FACTS_CHANGED, lambda translation: of_dimensions)


def change_of_fact(fact: ComparisonDimension | Reference) -> Change:
    return Change([FACTS, type_key(fact._meta.label)])


def hand_new_lists_to_clinicians() -> None:
    """Give lists of therapies and concerns, and all below them, the workflow that the migrations made."""
    for kind in (TherapyIndexPage, ConcernIndexPage):
        post_save.connect(_hand_to_clinicians, sender=kind)


def _hand_to_clinicians(
    instance: TherapyIndexPage | ConcernIndexPage, created: bool, raw: bool = False, **kwargs: Any
) -> None:
    workflow = Workflow.objects.filter(name=CLINICAL_REVIEW, active=True).first()
    if created and not raw and workflow:
        WorkflowPage.objects.get_or_create(page=instance, defaults={"workflow": workflow})
