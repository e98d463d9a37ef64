"""What a visitor told, to show on their own page. Whoever asks the questions registers how to put it."""

from collections.abc import Callable
from dataclasses import dataclass, field

from therapists.enquiries.models import Enquiry

#: Names the question that this browser has just changed, for the next look at the page alone.
CHANGED_COOKIE = "changed_answer"


@dataclass(frozen=True, slots=True)
class ToldAnswer:
    question: str
    #: Nothing where it was not answered.
    answers: list[str]
    #: Where it can be changed; empty where it cannot any more.
    address: str


@dataclass(frozen=True, slots=True)
class ToldAnswers:
    """All questions, in the order of the form."""

    answered: list[ToldAnswer] = field(default_factory=list)
    unanswered: list[ToldAnswer] = field(default_factory=list)
    #: The question that was just changed, in words, or nothing.
    changed: str = ""


type ToldReader = Callable[[Enquiry, str, str], ToldAnswers]
_READERS: list[ToldReader] = []


def register_told_answers(reader: ToldReader) -> None:
    """Put what was told like this: by the enquiry, the token of its page and the key of what was changed."""
    _READERS[:] = [reader]


def told_answers(enquiry: Enquiry, token: str, changed: str) -> ToldAnswers:
    return _READERS[0](enquiry, token, changed) if _READERS else ToldAnswers()
