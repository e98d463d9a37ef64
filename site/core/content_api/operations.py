"""What an endpoint does and takes, as the description of the API tells it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True)
class Parameter:
    """`shape` is the type of its value. A list is written as one text, with commas."""

    name: str
    shape: Any
    words: str = ""
    place: Literal["query", "path", "header"] = "query"
    is_required: bool = False
    usual: Any = None
    examples: Sequence[Any] = ()


@dataclass(frozen=True)
class OtherAnswer:
    """What is answered where things are otherwise than usual, and nothing went wrong."""

    status: int
    shape: Any
    words: str


@dataclass(frozen=True)
class Operation:
    """`answer` and `body` are types, or None; `problems` are keys of `PROBLEM_TYPES`."""

    key: str
    summary: str
    answer: Any
    description: str = ""
    parameters: tuple[Parameter, ...] = ()
    body: Any = None
    body_example: Any = None
    status: int = 200
    #: Headers of the answer that say something here alone.
    headers: tuple[str, ...] = ()
    other_answers: tuple[OtherAnswer, ...] = ()
    problems: frozenset[str] = frozenset()
    may_be_cached: bool = True
    #: What opens it, by the keys of `SECURITY_SCHEMES`. Most need nothing.
    security: str = ""
