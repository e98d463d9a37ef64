"""In which order help lines are shown, by what somebody’s words or age say."""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from home.models.urgent_help import EspeciallyFor
from home.urgent_help.groups import HelpGroup

#: Whom to offer first, by what the words are about. Other words: whoever is there for everyone.
BY_GROUP = {
    HelpGroup.ABUSE: frozenset({EspeciallyFor.DOMESTIC_ABUSE, EspeciallyFor.SEXUAL_VIOLENCE}),
    HelpGroup.EATING: frozenset({EspeciallyFor.EATING}),
}


def in_order[Line](
    lines: Iterable[Line],
    value_of: Callable[[Line], Mapping[str, Any]],
    groups: Collection[HelpGroup] = (),
    *,
    is_under_age: bool = False,
) -> list[Line]:
    """Return the lines, best first.

    For a child the children’s lines; else those for an emergency, those for these words, those for everyone.
    Lines that are especially for something else come last. Among equals the editors’ order stays.
    """
    wanted = {kind for group in groups for kind in BY_GROUP.get(group, ())}

    def place(line: Line) -> int:
        value = value_of(line)
        especially_for = value.get("especially_for") or ""
        if is_under_age and especially_for == EspeciallyFor.UNDER_18:
            return 0
        if value.get("is_emergency"):
            return 1
        if especially_for in wanted:
            return 2
        return 4 if especially_for else 3

    return sorted(lines, key=place)
