"""Therapies, concerns and the facts between them. Everything is made up for the tests."""

from datetime import date
from typing import Any

import factory
import wagtail_factories
from factory.django import DjangoModelFactory

from therapies.enums import ConcernKind, EvidenceLevel, ReferenceType, TherapyFamily
from therapies.models import (
    ComparisonDimension,
    ComparisonPage,
    ConcernIndexPage,
    ConcernPage,
    DimensionValue,
    Reference,
    TherapyEvidence,
    TherapyIndexPage,
    TherapyPage,
)

CHECKED = date(2026, 10, 14)


class TherapyIndexPageFactory(wagtail_factories.PageFactory):
    title = "Therapies"
    slug = "therapies"

    class Meta:
        model = TherapyIndexPage


class TherapyPageFactory(wagtail_factories.PageFactory):
    title = factory.Sequence(lambda n: f"Sample therapy {n}")
    summary = "A talking therapy that exists only in tests."
    family = TherapyFamily.INTEGRATIVE

    class Meta:
        model = TherapyPage


class ComparisonPageFactory(wagtail_factories.PageFactory):
    title = factory.Sequence(lambda n: f"Sample comparison {n}")

    class Meta:
        model = ComparisonPage


class ConcernIndexPageFactory(wagtail_factories.PageFactory):
    title = "What people come with"
    slug = "concerns"

    class Meta:
        model = ConcernIndexPage


class ConcernPageFactory(wagtail_factories.PageFactory):
    title = factory.Sequence(lambda n: f"Sample concern {n}")
    summary = "A concern that exists only in tests."
    kind = ConcernKind.FEELING

    class Meta:
        model = ConcernPage


class ReferenceFactory(DjangoModelFactory):
    key = factory.Sequence(lambda n: f"source-{n}")
    kind = ReferenceType.WEB_PAGE
    citation = factory.Sequence(lambda n: f"Sample source {n}")
    year = 2024

    class Meta:
        model = Reference


class ComparisonDimensionFactory(DjangoModelFactory):
    key = factory.Sequence(lambda n: f"dimension-{n}")
    label = factory.Sequence(lambda n: f"Dimension {n}")
    question = factory.Sequence(lambda n: f"What about dimension {n}?")
    sort_order = factory.Sequence(lambda n: n)

    class Meta:
        model = ComparisonDimension


class DimensionValueFactory(DjangoModelFactory):
    therapy = factory.SubFactory(TherapyPageFactory)
    dimension = factory.SubFactory(ComparisonDimensionFactory)
    short_value = factory.Sequence(lambda n: f"Answer {n}")
    checked_on = CHECKED

    class Meta:
        model = DimensionValue
        skip_postgeneration_save = True

    @factory.post_generation
    def references(self, create: bool, references: list[Reference] | None) -> None:
        if references:
            self.references = references
            self.save()


def make_sourced_therapy(
    index: TherapyIndexPage, dimension: ComparisonDimension, sources: list[Reference], **fact: Any
) -> TherapyPage:
    """Return a live therapy with one fact that names its sources."""
    therapy = TherapyPageFactory(
        parent=index, title="Sample therapy", slug="sample", abbreviation="SAT", body=[]
    )
    DimensionValueFactory(therapy=therapy, dimension=dimension, references=sources, **fact)
    return therapy


class TherapyEvidenceFactory(DjangoModelFactory):
    therapy = factory.SubFactory(TherapyPageFactory)
    concern = factory.SubFactory(ConcernPageFactory)
    level = EvidenceLevel.CLINICAL_EXPERIENCE
    checked_on = CHECKED

    class Meta:
        model = TherapyEvidence
