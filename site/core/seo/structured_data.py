"""schema.org nodes from plain values. Pure.

Properties without a value are left out. Nodes refer to each other by `@id`, so that each thing is described
once.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

type Node = dict[str, Any]

#: Escapes that keep text from closing the script element around the JSON.
SAFE_IN_HTML = {"<": r"\u003C", ">": r"\u003E", "&": r"\u0026"}


@dataclass(frozen=True, slots=True)
class QuestionAndAnswer:
    question: str
    answer: str


def node(kind: str, /, **properties: Any) -> Node:
    """Return a node of this type, without the properties that have no value. `id_` becomes `@id`."""
    named = {"@id" if name == "id_" else name: value for name, value in properties.items()}
    return {"@type": kind} | _given(named)


def graph(nodes: Iterable[Node]) -> Node:
    """Return the nodes as one JSON-LD document."""
    return {"@context": "https://schema.org", "@graph": list(nodes)}


def in_html(document: Node) -> str:
    """Return the JSON, escaped for a script element."""
    text = json.dumps(document, cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":"))
    for sign, escape in SAFE_IN_HTML.items():  # `translate` looks up every letter
        text = text.replace(sign, escape)
    return text


def practice_id(home_url: str) -> str:
    return f"{home_url}#practice"


def practice(home_url: str, name: str, description: str, email: str, telephone: str) -> Node:
    """Return the practice as an `Organization`.

    Not a `MedicalBusiness`: that is a local business, a place to visit, and an online practice has none.
    """
    return node(
        "Organization",
        id_=practice_id(home_url),
        name=name,
        url=home_url,
        description=description,
        email=email,
        telephone=telephone,
    )


def website(home_url: str, name: str, language: str, search_url: str) -> Node:
    return node(
        "WebSite",
        id_=f"{home_url}#website",
        name=name,
        url=home_url,
        inLanguage=language,
        publisher={"@id": practice_id(home_url)},
        potentialAction={
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{search_url}?query={{words}}"},
            "query-input": "required name=words",
        },
    )


def web_page(
    kind: str,
    url: str,
    name: str,
    description: str,
    language: str,
    published: datetime | None,
    modified: datetime | None,
) -> Node:
    return node(
        kind,
        id_=f"{url}#page",
        url=url,
        name=name,
        description=description,
        inLanguage=language,
        datePublished=published,
        dateModified=modified,
    )


def review(last_reviewed: date | None, name: str, credentials: str) -> Node:
    """Return the properties of a reviewed page, or none where it was not reviewed."""
    if last_reviewed is None or not name:
        return {}
    return {"lastReviewed": last_reviewed, "reviewedBy": node("Person", name=name, jobTitle=credentials)}


def breadcrumbs(url: str, trail: Iterable[tuple[str, str]]) -> Node:
    """Return the breadcrumbs, from (name, URL) of the front page to the page itself."""
    steps = [
        node("ListItem", position=position, name=name, item=address)
        for position, (name, address) in enumerate(trail, start=1)
    ]
    return node("BreadcrumbList", id_=f"{url}#breadcrumbs", itemListElement=steps)


def questions_and_answers(url: str, questions: Iterable[QuestionAndAnswer]) -> Node:
    return node(
        "FAQPage",
        id_=f"{url}#questions",
        url=url,
        mainEntity=[
            node("Question", name=entry.question, acceptedAnswer=node("Answer", text=entry.answer))
            for entry in questions
        ],
    )


def extended(nodes: list[Node], more: Mapping[str, Any]) -> list[Node]:
    """Return the nodes with more properties of the first, which is the page's own."""
    own, *others = nodes
    return [own | _given(more), *others]


def _given(properties: Mapping[str, Any]) -> Node:
    return {name: value for name, value in properties.items() if value not in (None, "", [], ())}
