from .comparisons import ComparisonPage
from .concerns import ConcernIndexPage, ConcernPage
from .dimension_translations import DimensionTranslation
from .dimension_values import DimensionValue
from .dimensions import ComparisonDimension
from .evidence import TherapyEvidence
from .references import Reference
from .therapies import TherapyPage, TherapyQuerySet
from .therapy_index import TherapyIndexPage

__all__ = [
    "ComparisonDimension",
    "ComparisonPage",
    "ConcernIndexPage",
    "ConcernPage",
    "DimensionTranslation",
    "DimensionValue",
    "Reference",
    "TherapyEvidence",
    "TherapyIndexPage",
    "TherapyPage",
    "TherapyQuerySet",
]
