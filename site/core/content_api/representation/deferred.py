"""Deferred values, and the loader that reads them in bulk (a data loader, as GraphQL servers call it).

A field that refers to another record puts a `Deferred` into the answer, never the record. Once the whole
answer is built, `resolve` reads all deferred values, one class at a time. So a list of fifty rows costs as
many queries as a list of one, however deep the references are.
"""

from collections.abc import Iterable, Mapping, Sequence
from enum import IntEnum
from types import NoneType, get_original_bases
from typing import Any, ClassVar, Self, get_args

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema
from rest_framework.request import Request

from core.caching.surrogate_keys import NEWLY_PUBLIC, answer_keys


class Stage(IntEnum):
    """Lower stages load first: whatever brings more of others comes before them, so each is read once."""

    TABLES = 0
    PAGES = 1
    DOCUMENTS = 2
    IMAGES = 3
    PICTURES = 4
    MADE_OF_OTHERS = 5


#: Values without deferred ones in them: most of an answer.
PLAIN = frozenset({str, int, bool, float, NoneType})


class Deferred[Answer]:
    """A placeholder in an answer for what `load` will read. It is described as the type of that.

    Subclasses are frozen dataclasses: equal ones are loaded once.
    """

    stage: ClassVar[Stage] = Stage.PAGES

    def needs(self) -> Iterable["Deferred[Any]"]:
        """Return what must be loaded before this can be."""
        return ()

    @classmethod
    def load(cls, deferred: Sequence[Self], loader: "DeferredLoader") -> Mapping[Self, Answer]:
        """Read all of them in a fixed number of queries. Whatever is left out is answered with None."""
        raise NotImplementedError

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Describe the type of what is loaded, in place of the placeholder."""
        [base] = get_original_bases(cls)
        return handler.generate_schema(get_args(base)[0])


class DeferredLoader:
    """Collects the deferred values of one answer, loads them, and puts what was loaded in their place."""

    def __init__(self, request: Request, draft: Any = None, language: str | None = None) -> None:
        self.request = request
        #: A page that is shown before it is published. It takes the place of its published version.
        self.draft = draft
        #: Links lead to a page's version in this language, where there is one.
        self.language = language
        self._loaded: dict[Deferred[Any], Any] = {}
        self._waiting: dict[Deferred[Any], None] = {}  # a dict keeps the order: answers are repeatable

    def __getitem__[Answer](self, deferred: Deferred[Answer]) -> Answer:
        """Return what was loaded for it."""
        return self._loaded[deferred]

    def collect(self, data: Any) -> None:
        """Find every deferred value in nested data."""
        match data:
            case Deferred():
                if data not in self._loaded and data not in self._waiting:
                    self._waiting[data] = None
                    self.collect(list(data.needs()))
            case dict():
                self._collect_each(data.values())
            case list() | tuple():
                self._collect_each(data)

    def _collect_each(self, values: Iterable[Any]) -> None:
        for value in values:
            if type(value) not in PLAIN:
                self.collect(value)

    def load(self) -> None:
        """Load what was collected, and whatever deferred values that brings."""
        while self._waiting:
            kind = type(min(self._waiting, key=lambda deferred: deferred.stage))
            same_kind = [deferred for deferred in self._waiting if type(deferred) is kind]
            loaded = kind.load(same_kind, self)
            if any(loaded.get(deferred) is None for deferred in same_kind):
                answer_keys(self.request).add(NEWLY_PUBLIC)
            for deferred in same_kind:
                del self._waiting[deferred]
                self._loaded[deferred] = loaded.get(deferred)
            self.collect(list(loaded.values()))

    def fill(self, data: Any) -> Any:
        """Return the data with what was loaded in the place of each deferred value."""
        match data:
            case Deferred():
                return self.fill(self._loaded[data])
            case dict():
                return {
                    key: value if type(value) in PLAIN else self.fill(value) for key, value in data.items()
                }
            case list() | tuple():
                return [value if type(value) in PLAIN else self.fill(value) for value in data]
        return data


def resolve(data: Any, request: Request, draft: Any = None, language: str | None = None) -> Any:
    """Return the answer with all its deferred values loaded."""
    loader = DeferredLoader(request, draft, language)
    loader.collect(data)
    loader.load()
    return loader.fill(data)
