"""Choices that are few: all of them are in sight, and one press takes one."""

from typing import Any

from django.forms import RadioSelect


class EachChoice(RadioSelect):
    """A button for each choice, and none for no choice."""

    def optgroups(self, name: str, value: Any, attrs: Any = None) -> list[Any]:
        groups = super().optgroups(name, value, attrs)
        return [group for group in groups if all(option["value"] != "" for option in group[1])]
