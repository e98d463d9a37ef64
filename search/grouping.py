"""Results by what kind of page they are."""

from collections.abc import Iterable
from dataclasses import dataclass

from core.models import BasePage
from search.highlighting import Result


@dataclass(frozen=True)
class Group:
    heading: str
    results: list[Result]


def grouped(results: Iterable[Result]) -> list[Group]:
    """The kind of the best result first; within a kind the order stays as it was.

    Groups are made of one page of results, so that whoever turns no page misses nothing that fits better.
    """
    by_heading: dict[str, list[Result]] = {}
    for result in results:
        heading = str(getattr(result.page, "kind_heading", BasePage.kind_heading))
        by_heading.setdefault(heading, []).append(result)
    return [Group(heading, members) for heading, members in by_heading.items()]
