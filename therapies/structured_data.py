"""Therapies, concerns and references as schema.org nodes, from plain values."""

from collections.abc import Iterable, Sequence

from core.seo.structured_data import Node, node
from therapies.enums import ConcernKind
from therapies.facts import NumberedReference


def therapy(url: str, name: str, other_names: Iterable[str], description: str = "") -> Node:
    """Return a therapy as a `PsychologicalTreatment`: care by talking, without drugs.

    It has no `indication`: what a therapy helps with needs its strength and its source beside it.
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
    """Return a concern. Only a condition is a `MedicalCondition`: grief or a quarrel is no illness."""
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
