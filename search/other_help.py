"""What the practice does not treat, and who does: said before any page that was found."""

import re
import unicodedata
from collections.abc import Iterable

from search.models import OtherHelp


def other_help(words: str) -> list[OtherHelp]:
    """Return those whose subject, or another word for it, is among the words of a search. Two queries."""
    return [
        one
        for one in OtherHelp.objects.prefetch_related("places")
        if names_any(words, (one.subject, *one.other_words))
    ]


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
