"""Words that may be about someone’s safety: finding them shows help and asks a person to read, no more."""

import re
import unicodedata
from collections.abc import Iterable

from therapists.enquiries.models import RiskPhrase

_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "`": "'"})


def mentions_risk(text: str) -> bool:
    return contains_phrase(text, RiskPhrase.objects.values_list("phrase", flat=True))


def contains_phrase(text: str, phrases: Iterable[str]) -> bool:
    """Whole words in order, whatever the case, spacing, accents or kind of apostrophe."""
    words = _plain(text)
    return any(f" {_plain(phrase).strip()} " in words for phrase in phrases if _plain(phrase).strip())


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES)).casefold()
    letters = "".join(character for character in decomposed if not unicodedata.combining(character))
    words = re.findall(r"\w+", letters.replace("'", ""))
    return f" {' '.join(words)} "
