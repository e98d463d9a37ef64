"""Other words that visitors use for what a page is about, out of the fields that hold them. Pure."""

from collections.abc import Iterable


def names_in(values: Iterable[str | list[str]]) -> list[str]:
    """Return the names that are given, where a field holds one or a list of them."""
    listed = (value if isinstance(value, list) else [value] for value in values)
    return [name for names in listed for name in names if name]
