"""Examples of the components for facts, evidence, references and comparisons. All of it is made up."""

from core.styleguide.registry import show_component
from therapies.articles.article import EvidenceLine, TherapyArticle
from therapies.comparing.comparison import Comparison, ComparisonCell, compare
from therapies.comparing.sample import CHECKED_ON, sample_therapy, sample_value
from therapies.comparing.sides import ComparisonSide
from therapies.enums import Drawing, EvidenceLevel
from therapies.facts import ShownDimension, ShownEvidence, ShownReference
from therapies.forms import ComparisonForm
from therapies.models.suiting import OtherWay

GUIDELINE = ShownReference("a", "A guideline.", "Guideline", "https://example.org/", 2022, CHECKED_ON, "")
OLD_BOOK = ShownReference("b", "A book about talking.", "Book", "", 2011, None, "A newer book about talking.")
FOCUS = ShownDimension("focus", "Focus", "What does it focus on?", in_fact_box=True, sort_order=1)
DURATION = ShownDimension("duration", "Duration", "How long does it take?", in_fact_box=True, sort_order=2)
FORMAT = ShownDimension("format", "Format", "Who is in the room?", in_fact_box=False, sort_order=3)
RELATIONSHIPS = "And how you talk with the people in them."

THERAPIES = [
    sample_therapy(
        1,
        "ONE",
        "ONE therapy in full",
        sample_value(FOCUS, "Relationships now", GUIDELINE, detail=RELATIONSHIPS, checked_by="Dr Sample"),
        sample_value(DURATION, "12 to 16 sessions", GUIDELINE, OLD_BOOK),
        sample_value(FORMAT, "One to one"),
    ),
    sample_therapy(
        2,
        "TWO",
        "TWO therapy in full",
        sample_value(FOCUS, "Patterns below awareness", OLD_BOOK),
        sample_value(FORMAT, "One to one"),
    ),
    sample_therapy(
        3,
        "THREE",
        "THREE therapy in full",
        sample_value(FOCUS, "Thoughts and habits"),
        sample_value(DURATION, "5 to 20 sessions"),
    ),
    sample_therapy(
        4,
        "FOUR",
        "FOUR therapy in full",
        sample_value(FOCUS, "What matters to you"),
        sample_value(DURATION, "8 to 16 sessions"),
    ),
]


def comparison(number: int) -> Comparison:
    return compare(THERAPIES[:number])


def cells() -> list[ComparisonCell]:
    return [row.cells[0] for row in comparison(2).rows]


def evidence() -> tuple[EvidenceLine, ...]:
    return tuple(
        EvidenceLine(
            title=str(level.label),
            url="#",
            in_short="What one would do there.",
            evidence=ShownEvidence(level, "Adults", "What was found, in a sentence.", None, CHECKED_ON),
            reference_numbers=() if level == EvidenceLevel.CLINICAL_EXPERIENCE else (1,),
        )
        for level in EvidenceLevel
    )


def choices() -> list[tuple[str, str]]:
    names = ("ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE", "TEN")
    return [(name.lower(), f"Therapy in full ({name})") for name in names]


def sides() -> list[ComparisonSide]:
    """Return a panel with lines, and one of a therapy for which nobody has written any."""
    one, two = (facts.therapy for facts in THERAPIES[:2])
    lines = ("a loss, a change or a quarrel", "you want steps to try between sessions")
    return [
        ComparisonSide(one, "ONE, if one thing now is hard", lines, "", Drawing.TWO_CUPS),
        ComparisonSide(two, two.short_name, (), "A therapy that is made up.", ""),
    ]


def article() -> TherapyArticle:
    return TherapyArticle(tuple(cells()), (), evidence(), ())


show_component(
    "Comparison",
    "components/comparison_table.html",
    {
        "of two": lambda: {"comparison": comparison(2)},
        "of three": lambda: {"comparison": comparison(3)},
        "of four": lambda: {"comparison": comparison(4)},
        "brief, with rows that an editor chose": lambda: {
            "comparison": compare(THERAPIES[:2], [DURATION]),
            "brief": True,
        },
    },
)
show_component(
    "Choose what to compare",
    "components/compare_form.html",
    {"": lambda: {"form": ComparisonForm.about(["one", "two"], choices()), "address": "#"}},
)
show_component(
    "Differences",
    "components/differences.html",
    {"": lambda: {"comparison": comparison(2), "anchor": "example-facts"}},
)
show_component("What is compared", "components/compared.html", {"": lambda: {"comparison": comparison(2)}})
show_component(
    "Everything else, compared",
    "components/folded_comparison.html",
    {"": lambda: {"comparison": comparison(2)}},
)
show_component("Sides", "components/sides.html", {"": lambda: {"sides": sides()}})
show_component(
    "For whom it may be right",
    "components/suits.html",
    {
        "": lambda: {
            "suits": ["you are low, and it is tied up with other people"],
            "other_ways": [OtherWay("you want exercises each week", None)],
        }
    },
)
show_component("Evidence", "components/evidence.html", {"": lambda: {"levels": article().levels}})
show_component(
    "Findings",
    "components/findings.html",
    {
        "": lambda: {
            "levels": article().levels,
            "checked_on": article().evidence_checked_on,
            "anchor": "example-evidence",
        }
    },
)
show_component(
    "Fact strip",
    "components/fact_strip.html",
    {"": lambda: {"cells": cells(), "last_checked": CHECKED_ON, "anchor": "example-facts"}},
)
show_component(
    "Folded fact",
    "components/folded_fact.html",
    {"": lambda: {"cell": cells()[0], "anchor": "example-facts"}},
)
show_component("Facts", "components/facts.html", {"": lambda: {"cells": cells(), "anchor": "example-facts"}})
show_component(
    "Sources, folded",
    "components/folded_sources.html",
    {"": lambda: {"references": comparison(2).references}},
)
show_component(
    "Sources",
    "components/references.html",
    {"": lambda: {"references": comparison(2).references, "anchor": "example-facts"}},
)
