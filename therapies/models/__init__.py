from .comparisons import ComparisonPage
from .concerns import ConcernIndexPage, ConcernPage
from .dimensions import ComparisonDimension, DimensionValue
from .evidence import TherapyEvidence
from .references import Reference
from .therapies import TherapyPage, TherapyQuerySet
from .therapy_index import TherapyIndexPage

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
