"""A comparison is public only while both its therapies are."""

from core.visibility import withhold
from therapies.models import ComparisonPage


def withhold_incomplete_comparisons() -> None:
    withhold(ComparisonPage, ComparisonPage.objects.missing_a_therapy)
