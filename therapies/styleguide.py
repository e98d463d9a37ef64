"""What the style guide shows of facts, evidence, sources and comparisons. All of it is made up."""

from datetime import date
from types import SimpleNamespace
from typing import Any

from core.styleguide.registry import show_component
from therapies.articles.article import EvidenceLine
from therapies.comparing.comparison import Cell, Column, Comparison, Fact, Question, Source, compare
from therapies.comparing.recorded import RecordedTherapy
from therapies.enums import EvidenceLevel
from therapies.forms import ComparisonForm

CHECKED_ON = date(2026, 11, 2)
GUIDELINE = Source("a", "A guideline.", "Guideline", "https://example.org/", 2022, CHECKED_ON, "")
OLD_BOOK = Source("b", "A book about talking.", "Book", "", 2011, None, "A newer book about talking.")
FOCUS = Question("focus", "Focus", "What does it focus on?", in_fact_box=True, order=1)
DURATION = Question("duration", "Duration", "How long does it take?", in_fact_box=True, order=2)
FORMAT = Question("format", "Format", "Who is in the room?", in_fact_box=False, order=3)


def fact(question: Question, answer: str, *sources: Source, detail: str = "") -> Fact:
    return Fact(question, answer, detail, None, None, "", sources, CHECKED_ON, "Dr Sample")


def recorded(number: int, name: str, *facts: Fact) -> RecordedTherapy:
    column = Column(number, name.lower(), f"{name} therapy in full", name, "#")
    return RecordedTherapy(column, {fact.question.key: fact for fact in facts})


THERAPIES = [
    recorded(
        1,
        "ONE",
        fact(FOCUS, "Relationships now", GUIDELINE, detail="And how you talk with the people in them."),
        fact(DURATION, "12 to 16 sessions", GUIDELINE, OLD_BOOK),
        fact(FORMAT, "One to one"),
    ),
    recorded(2, "TWO", fact(FOCUS, "Patterns below awareness", OLD_BOOK), fact(FORMAT, "One to one")),
    recorded(3, "THREE", fact(FOCUS, "Thoughts and habits"), fact(DURATION, "5 to 20 sessions")),
    recorded(4, "FOUR", fact(FOCUS, "What matters to you"), fact(DURATION, "8 to 16 sessions")),
]


def comparison(number: int) -> Comparison:
    return compare(THERAPIES[:number])


def cells() -> list[Cell]:
    return [row.cells[0] for row in comparison(2).rows]


def evidence() -> list[EvidenceLine]:
    return [
        EvidenceLine(
            title=str(level.label),
            url="#",
            summary="",
            level=level,
            level_label=str(level.label),
            population="Adults",
            note="What was found, in a sentence.",
            source_numbers=() if level == EvidenceLevel.CLINICAL_EXPERIENCE else (1,),
            checked_on=CHECKED_ON,
        )
        for level in EvidenceLevel
    ]


def names() -> list[Any]:
    return [
        SimpleNamespace(compare_name=name.lower(), name_with_abbreviation=f"Therapy in full ({name})")
        for name in ("ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE", "TEN")
    ]


def therapy_to_compare() -> dict[str, Any]:
    therapy = SimpleNamespace(compare_name="one", short_name="ONE")
    return {"therapy": therapy, "others": names()[1:], "address": "#"}


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
    {"": lambda: {"form": ComparisonForm.about(["one", "two"], names()), "compare_address": "#"}},
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
    {"": lambda: {"sources": comparison(2).sources, "anchor": "example-facts"}},
)
