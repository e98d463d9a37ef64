"""Answers are built in two steps: fields name what they refer to, then everything named is read at once.

A field that refers to another record puts a `Pending` into the answer, never the record. When the whole
answer stands, `resolve` reads all that is pending, one kind at a time, so a list of fifty costs as many
queries as a list of one, however deep the references lie.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from types import get_original_bases
from typing import Any, ClassVar, Self, get_args

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema
from rest_framework.request import Request

from core.caching.surrogate_keys import NEWLY_PUBLIC, shown_by


class Pending[Answer](ABC):
    """Stands in an answer for what `load` will read, and is described as that.

    Subclasses are frozen dataclasses.
    """

    #: Lower stages load first. 0: may name more that is pending; 1: records; 2: made of these.
    stage: ClassVar[int] = 1

    def needs(self) -> Iterable["Pending[Any]"]:
        """What must be loaded before this can be."""
        return ()

    @classmethod
    @abstractmethod
    def load(cls, pending: Sequence[Self], answers: "Answers") -> Mapping[Self, Answer]:
        """Read all of them in a fixed number of queries. Whatever is left out is answered with None."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """How the shape of an answer is described: as what is read, in place of what is pending."""
        [base] = get_original_bases(cls)
        return handler.generate_schema(get_args(base)[0])


class Answers:
    """What has been read so far for one request."""

    def __init__(self, request: Request, draft: Any = None, language: str | None = None) -> None:
        self.request = request
        #: The page that is shown before it is published. It stands in for its own published self.
        self.draft = draft
        #: Links lead to a page's version in this language, where there is one.
        self.language = language
        self._known: dict[Pending[Any], Any] = {}
        self._waiting: dict[Pending[Any], None] = {}  # a dict keeps the order, so that answers are repeatable

    def __getitem__[Answer](self, pending: Pending[Answer]) -> Answer:
        return self._known[pending]

    def await_all_in(self, data: Any) -> None:
        match data:
            case Pending():
                if data not in self._known and data not in self._waiting:
                    self._waiting[data] = None
                    self.await_all_in(list(data.needs()))
            case Mapping():
                for value in data.values():
                    self.await_all_in(value)
            case list() | tuple():
                for value in data:
                    self.await_all_in(value)

    def load(self) -> None:
        while self._waiting:
            first = min(self._waiting, key=lambda pending: pending.stage)
            kind = type(first)
            same_kind = [pending for pending in self._waiting if type(pending) is kind]
            loaded = kind.load(same_kind, self)
            if any(loaded.get(pending) is None for pending in same_kind):
                shown_by(self.request).add(NEWLY_PUBLIC)
            for pending in same_kind:
                del self._waiting[pending]
                self._known[pending] = loaded.get(pending)
            self.await_all_in(list(loaded.values()))

    def fill(self, data: Any) -> Any:
        match data:
            case Pending():
                return self.fill(self._known[data])
            case Mapping():
                return {key: self.fill(value) for key, value in data.items()}
            case list() | tuple():
                return [self.fill(value) for value in data]
        return data


def resolve(data: Any, request: Request, draft: Any = None, language: str | None = None) -> Any:
    answers = Answers(request, draft, language)
    answers.await_all_in(data)
    answers.load()
    return answers.fill(data)
