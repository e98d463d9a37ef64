"""The nations of the UK, for the help lines that someone in distress can call there."""

from enum import StrEnum
from typing import Any


class Nation(StrEnum):
    ENGLAND = "england"
    SCOTLAND = "scotland"
    WALES = "wales"
    NORTHERN_IRELAND = "northern-ireland"
    #: A practice that sees people from all of them, online.
    WHOLE_UK = "uk"

    @property
    def label(self) -> str:
        return "the whole UK" if self is Nation.WHOLE_UK else self.replace("-", " ").title()

    def has(self, help_line: dict[str, Any]) -> bool:
        """Return whether the help line answers people here. Its `nations` are words: “England and Wales”."""
        nations = help_line["nations"]
        return self is Nation.WHOLE_UK or nations == "UK" or self.label in nations


def nation_named(text: str) -> Nation:
    """Return the nation that someone wrote: “Northern Ireland”, “wales”, “UK”. Raise ValueError for none."""
    return Nation("-".join(text.casefold().split()))
