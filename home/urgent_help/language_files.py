"""Where the rules, examples and weights of each language stand. `languages/README.md` describes them."""

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "languages"


@cache
def known_languages() -> frozenset[str]:
    """Return the codes of the languages that have rules."""
    return frozenset(folder.parent.name for folder in FOLDER.glob("*/rules"))


def weights_file(language: str) -> Path:
    return FOLDER / language / "weights.tsv"


def weighed_languages() -> list[str]:
    """Return the languages that have weights: few examples teach less than rules know."""
    return sorted(file.parent.name for file in FOLDER.glob("*/weights.tsv"))
