"""Finding enquiries by a name that is sealed, without storing a word of it.

Names are opened and compared at each search. An index of keyed hashes would find whole words alone, tell
which enquiries share a name, and have to be made anew with each key; and an enquiry is kept for months, so
there are few. How many are opened is bounded all the same.
"""

import logging
from collections.abc import Iterator
from uuid import UUID

from django.views.decorators.debug import sensitive_variables
from wagtail.coreutils import string_to_ascii

from core.encryption import CannotOpen
from therapists.enquiries.models import EnquiryQuerySet

logger = logging.getLogger(__name__)

#: The newest are opened: 3,000 take about a tenth of a second.
MOST_OPENED = 3_000
#: More words are looked for than anyone's name has.
MOST_WORDS = 6


@sensitive_variables()
def folded_words(text: str) -> list[str]:
    """Return the words of a text without accents and capitals, in Latin letters."""
    letters = string_to_ascii(text).casefold()
    return "".join(letter if letter.isalnum() else " " for letter in letters).split()


@sensitive_variables()
def is_named(name: str, wanted: list[str]) -> bool:
    """Return whether each of the wanted words, folded already, begins a word of the name."""
    words = folded_words(name)
    return bool(wanted) and all(any(word.startswith(begins) for word in words) for begins in wanted)


@sensitive_variables()
def keys_by_name(enquiries: EnquiryQuerySet, name: str) -> Iterator[UUID]:
    """Yield the keys of those whose sender is named so, of the newest `MOST_OPENED`. One query."""
    wanted = folded_words(name)[:MOST_WORDS]
    if not wanted:
        return
    newest = enquiries.order_by("-received_at").only("pk", "sealed_contact")
    for enquiry in newest[:MOST_OPENED]:
        try:
            name_there = enquiry.contact.name
        except CannotOpen:  # one that was damaged, or whose key is gone, keeps nobody from finding the others
            logger.error("The contact of enquiry %s cannot be opened", enquiry.pk)
            continue
        if is_named(name_there, wanted):
            yield enquiry.pk
