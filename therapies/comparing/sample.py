"""Made-up therapies for the style guide, and for editors whose site has none yet."""

from datetime import date

from django.utils.translation import gettext as _

from therapies.comparing.comparison import Comparison, compare
from therapies.facts import ShownDimension, ShownReference, ShownTherapy, ShownValue, TherapyFacts

CHECKED_ON = date(2026, 1, 1)


def sample_comparison() -> Comparison:
    """Return a comparison whose words say that it is a sample."""
    focus = ShownDimension("focus", _("Focus"), _("What does it focus on?"), in_fact_box=True, sort_order=1)
    length = ShownDimension(
        "duration", _("Duration"), _("How long does it take?"), in_fact_box=True, sort_order=2
    )
    first, second = _("Sample therapy one"), _("Sample therapy two")
    return compare(
        [
            sample_therapy(
                1, first, first, sample_value(focus, _("The present")), sample_value(length, _("10 sessions"))
            ),
            sample_therapy(2, second, second, sample_value(focus, _("The past"))),
        ]
    )


def sample_therapy(number: int, short_name: str, title: str, *values: ShownValue) -> TherapyFacts:
    therapy = ShownTherapy(number, f"sample-{number}", title, short_name, url="#")
    return TherapyFacts(therapy, {value.dimension.key: value for value in values})


def sample_value(
    dimension: ShownDimension,
    answer: str,
    *references: ShownReference,
    detail: str = "",
    checked_by: str = "",
) -> ShownValue:
    return ShownValue(dimension, answer, detail, None, None, "", references, CHECKED_ON, checked_by)
