"""The address of a comparison: `dit-vs-ipt`. Pure text, no database.

A name may itself contain the separator ("cbt-vs-worry"), so an address can be read in several
ways; `read` chooses the reading whose names are known.
"""

from collections.abc import Collection, Iterable, Iterator

SEPARATOR = "-vs-"
FEWEST = 2
MOST = 4

#: Below the address of the list of therapies: the form that chooses, and above every comparison.
COMPARE = "compare/"

#: Longer addresses name no comparison, and are not worth the work of reading them.
LONGEST_ADDRESS = 400
MOST_SEPARATORS = 12


def address(names: Iterable[str]) -> str:
    """Return the one address of these names, whichever order they come in."""
    return SEPARATOR.join(sorted(name.lower() for name in names))


def path_below_list(names: Iterable[str]) -> str:
    """Return where the comparison of these names is found, below the list of therapies."""
    return f"{COMPARE}{address(names)}/"


def readings(text: str) -> Iterator[tuple[str, ...]]:
    """Yield every way to read an address as two to four names, the fewest and longest names first."""
    text = text.lower()
    if len(text) > LONGEST_ADDRESS:
        return
    cuts = [at for at in range(len(text)) if text.startswith(SEPARATOR, at)]
    if len(cuts) > MOST_SEPARATORS:
        return
    for count in range(FEWEST, MOST + 1):
        yield from _split(text, cuts, count)


def _split(text: str, cuts: list[int], count: int, start: int = 0) -> Iterator[tuple[str, ...]]:
    if count == 1:
        if start < len(text):
            yield (text[start:],)
        return
    for cut in reversed(cuts):
        if cut > start:
            for rest in _split(text, cuts, count - 1, cut + len(SEPARATOR)):
                yield (text[start:cut], *rest)


def read(text: str, known: Collection[str]) -> tuple[str, ...] | None:
    """Return the first reading whose names are all known and all different, or None."""
    for names in readings(text):
        if len(set(names)) == len(names) and all(name in known for name in names):
            return names
    return None
