from .comparisons import ComparisonPage
from .concerns import ConcernIndexPage, ConcernPage
from .dimensions import ComparisonDimension
from .facts import DimensionValue, TherapyEvidence
from .index import TherapyIndexPage
from .references import Reference
from .therapies import TherapyPage, TherapyQuerySet

__all__ = [
    "ComparisonDimension",
    "ComparisonPage",
    "ConcernIndexPage",
    "ConcernPage",
    "DimensionValue",
    "Reference",
    "TherapyEvidence",
    "TherapyIndexPage",
    "TherapyPage",
    "TherapyQuerySet",
]
