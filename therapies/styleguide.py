"""Examples of the components for facts, evidence, references and comparisons. All of it is made up."""

from types import SimpleNamespace
from typing import Any

from core.styleguide.registry import show_component
from therapies.articles.article import EvidenceLine
from therapies.comparing.comparison import Comparison, ComparisonCell, compare
from therapies.comparing.sample import CHECKED_ON, sample_therapy, sample_value
from therapies.enums import EvidenceLevel
from therapies.facts import ShownDimension, ShownEvidence, ShownReference
from therapies.forms import ComparisonForm

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


def evidence() -> list[EvidenceLine]:
    return [
        EvidenceLine(
            title=str(level.label),
            url="#",
            evidence=ShownEvidence(level, "Adults", "What was found, in a sentence.", None, CHECKED_ON),
            reference_numbers=() if level == EvidenceLevel.CLINICAL_EXPERIENCE else (1,),
        )
        for level in EvidenceLevel
    ]


def choices() -> list[tuple[str, str]]:
    names = ("ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE", "TEN")
    return [(name.lower(), f"Therapy in full ({name})") for name in names]


def therapy_to_compare() -> dict[str, Any]:
    others = [
        SimpleNamespace(compare_name=name, name_with_abbreviation=title) for name, title in choices()[1:]
    ]
    therapy = SimpleNamespace(compare_name="one", short_name="ONE")
    return {"therapy": therapy, "others": others, "address": "#"}


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
    "Compare others",
    "components/compare_another.html",
    {"": lambda: {"form": ComparisonForm.about(["one", "two"], choices()), "compare_address": "#"}},
)
show_component("Compare with", "components/compare_with.html", {"": therapy_to_compare})
show_component(
    "Evidence", "components/evidence.html", {"": lambda: {"lines": evidence(), "anchor": "example-evidence"}}
)
show_component(
    "Fact box",
    "components/fact_box.html",
    {
        "": lambda: {
            "cells": cells(),
            "anchor": "example-facts",
            "therapists": {"total": 9, "accepting": 4},
        }
    },
)
show_component("Facts", "components/facts.html", {"": lambda: {"cells": cells(), "anchor": "example-facts"}})
show_component("Helps with", "components/helps_with.html", {"": lambda: {"lines": evidence()[:2]}})
show_component(
    "Sources",
    "components/references.html",
    {"": lambda: {"references": comparison(2).references, "anchor": "example-facts"}},
)
