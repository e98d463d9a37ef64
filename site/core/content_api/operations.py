"""Operations: what an endpoint takes and answers, as the description of the API says it."""

from dataclasses import dataclass
from typing import Any

from core.content_api.parameters import Parameter


@dataclass(frozen=True)
class OtherAnswer:
    """An answer with another status that is no error."""

    status: int
    annotation: Any
    description: str


@dataclass(frozen=True)
class Operation:
    """`answer` and `body` are types, or None; `problems` are keys of `PROBLEM_TYPES`."""

    operation_id: str
    summary: str
    answer: Any
    description: str = ""
    parameters: tuple[Parameter, ...] = ()
    body: Any = None
    body_example: Any = None
    status: int = 200
    #: Headers that only this answer has.
    headers: tuple[str, ...] = ()
    other_answers: tuple[OtherAnswer, ...] = ()
    problems: frozenset[str] = frozenset()
    may_be_cached: bool = True
    #: What the endpoint asks for, one of these: keys of `SECURITY_SCHEMES`. Most need nothing.
    security: tuple[str, ...] = ()
