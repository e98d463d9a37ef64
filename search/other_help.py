"""What the practice does not treat, and who does: said before any page that was found."""

import re
import unicodedata
from collections.abc import Iterable

from core.caching.content_memory import remembered
from search.models import OtherHelp

#: In letters. Fewer begin too many words.
FEWEST_BEGUN = 3


def other_help(words: str) -> list[OtherHelp]:
    """Return those whose subject, or another word for it, is among the words of a search."""
    return [one for one in _all() if names_any(words, one.ways_to_say_it)]


def other_help_begun(words: str) -> list[OtherHelp]:
    """Return those that `other_help` does, and those that what is being typed begins."""
    return [
        one for one in _all() if names_any(words, one.ways_to_say_it) or begins_any(words, one.ways_to_say_it)
    ]


@remembered
def _all() -> list[OtherHelp]:
    return list(OtherHelp.objects.prefetch_related("places"))


def begins_any(words: str, forms: Iterable[str]) -> bool:
    """Return whether one of the forms begins with these words, of three letters at least."""
    text = " ".join(_plain(words))
    return len(text) >= FEWEST_BEGUN and any(" ".join(_plain(form)).startswith(text) for form in forms)


def names_any(words: str, forms: Iterable[str]) -> bool:
    """Return whether one of the forms stands among the words as a whole, in the singular or plural."""
    text = " ".join(_plain(words))
    return any(
        re.search(rf"(?<!\w){re.escape(form)}(?:s|es)?(?!\w)", text)
        for form in (" ".join(_plain(form)) for form in forms)
        if form
    )


def _plain(words: str) -> list[str]:
    """Return the words without accents, capitals and signs."""
    letters = unicodedata.normalize("NFKD", words.casefold())
    return re.findall(r"\w+", "".join(letter for letter in letters if not unicodedata.combining(letter)))
