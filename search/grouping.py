"""Search results grouped by the kind of page."""

from collections.abc import Iterable
from dataclasses import dataclass

from core.models import BasePage
from search.highlighting import Result


@dataclass(frozen=True)
class Group:
    heading: str
    results: list[Result]


def grouped(results: Iterable[Result]) -> list[Group]:
    """Return one group for each kind, the kind of the best result first. Within a group the order is kept.

    Group one page of results at a time: groups over all results would move better matches to later pages.
    """
    by_heading: dict[str, list[Result]] = {}
    for result in results:
        heading = str(getattr(result.page, "kind_heading", BasePage.kind_heading))
        by_heading.setdefault(heading, []).append(result)
    return [Group(heading, members) for heading, members in by_heading.items()]
