"""What each therapy of a comparison may be right for, as plain values."""

from dataclasses import dataclass

from therapies.facts import ShownTherapy


@dataclass(frozen=True, slots=True)
class ComparisonSide:
    """One of the panels above the facts. Without `lines` the `summary` of the therapy stands in their place.

    `drawing` is one of `therapies.enums.Drawing`, or empty.
    """

    therapy: ShownTherapy
    heading: str
    lines: tuple[str, ...]
    summary: str
    drawing: str
