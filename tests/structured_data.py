"""Reads the graph of a rendered page, and holds it against schema.org's vocabulary."""

import json
import re
from pathlib import Path
from typing import Any

VOCABULARY = json.loads((Path(__file__).parent / "core" / "schema_org.json").read_text())
SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def graph_in(html: str) -> list[dict[str, Any]]:
    """The nodes of the page's one graph; none where the page has no graph."""
    scripts = SCRIPT.findall(html)
    assert len(scripts) <= 1
    if not scripts:
        return []
    document = json.loads(scripts[0])
    assert document["@context"] == "https://schema.org"
    return document["@graph"]


def of_type(graph: list[dict[str, Any]], kind: str) -> dict[str, Any]:
    [node] = [node for node in graph if node["@type"] == kind]
    return node


def problems(graph: list[dict[str, Any]]) -> list[str]:
    """What is wrong with the nodes, at any depth; and which `@id` is pointed at and described nowhere."""
    nodes = [found for node in graph for found in _nodes(node)]
    described = {node["@id"] for node in nodes if "@id" in node and len(node) > 1}
    dangling = [node["@id"] for node in nodes if node.keys() == {"@id"} and node["@id"] not in described]
    wrong = [problem for node in nodes if node.keys() != {"@id"} for problem in _problems_of(node)]
    return wrong + [f"{name} is described nowhere" for name in dangling]


def _nodes(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, list):
        return [found for entry in value for found in _nodes(entry)]
    if isinstance(value, dict):
        return [value, *(found for entry in value.values() for found in _nodes(entry))]
    return []


def _problems_of(node: dict[str, Any]) -> list[str]:
    kind = node.get("@type", "")
    if kind not in VOCABULARY:
        return [f"unknown type {kind!r}"]
    known = VOCABULARY[kind]
    missing = [name for name in known["required"] if not node.get(name)]
    allowed = {*known["required"], *known["optional"], "@id", "@type"}
    return [
        *(f"{kind} lacks {name}" for name in missing),
        *(f"{kind} may not have {name}" for name in sorted(node.keys() - allowed)),
        *(f"{kind} has an empty {name}" for name, value in node.items() if value in ("", [], None)),
    ]
