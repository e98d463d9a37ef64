"""Therapies, concerns and their sources in schema.org's words, from plain values."""

from collections.abc import Iterable, Sequence

from core.seo.structured_data import Node, node
from therapies.enums import ConcernKind
from therapies.facts import NumberedReference


def therapy(url: str, name: str, other_names: Iterable[str], description: str = "") -> Node:
    """A therapy as a `PsychologicalTreatment`: care by talking, without drugs.

    It claims no `indication`: what helps with what is said on the page, with its strength and its source.
    """
    return node(
        "PsychologicalTreatment",
        id_=f"{url}#therapy",
        name=name,
        alternateName=[other for other in other_names if other],
        description=description,
        url=url,
    )


def concern(url: str, name: str, other_names: Iterable[str], kind: str) -> Node:
    """Only a condition is a `MedicalCondition`: grief or a quarrel is no illness."""
    return node(
        "MedicalCondition" if kind == ConcernKind.CONDITION else "Thing",
        id_=f"{url}#concern",
        name=name,
        alternateName=[other for other in other_names if other],
        url=url,
    )


def citations(references: Sequence[NumberedReference]) -> list[Node]:
    return [
        node(
            "CreativeWork",
            name=numbered.reference.citation,
            url=numbered.reference.url,
            datePublished=str(numbered.reference.year or ""),
        )
        for numbered in references
    ]
