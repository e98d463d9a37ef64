"""Takes the details of a new practice from options, the environment, or whoever sits at the terminal."""

import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from getpass import getpass
from typing import cast

from django.core.exceptions import ValidationError


class NoAnswers(Exception):
    """Something is missing or wrong. The message says what, a line each."""


@dataclass(frozen=True)
class Question[Answer]:
    option: str
    #: The variable of the environment that holds the answer.
    variable: str
    words: str
    clean: Callable[[str], Answer]
    #: The answer of whoever gives none; without it, one is needed.
    usual: str | None = None
    #: Whether it is typed without being seen, and twice.
    is_secret: bool = False

    def from_environment(self) -> str | None:
        return os.environ.get(self.variable)


class Answers:
    """Collects answers. On a terminal a wrong one is asked again; elsewhere all are told at once."""

    def __init__(self, options: Mapping[str, str | None], *, may_ask: bool) -> None:
        self.options = options
        self.may_ask = may_ask
        self.problems: list[str] = []

    def to[Answer](self, question: Question[Answer], unless_said: str | None = None) -> Answer:
        """Return the answer. Where there is none, what is returned means nothing, and `check` raises."""
        given = self.options.get(question.option) or question.from_environment() or unless_said
        if given is None and question.usual is not None and not self.may_ask:
            given = question.usual
        if given is not None:
            return self._cleaned(question, given if question.is_secret else given.strip())
        if self.may_ask:
            return self._ask(question)
        self.problems.append(f"{question.variable} is not set: {question.words}.")
        return cast(Answer, None)

    def check(self) -> None:
        """Raise NoAnswers with all that was missing or wrong."""
        if self.problems:
            raise NoAnswers("\n".join(self.problems))

    def _cleaned[Answer](self, question: Question[Answer], text: str) -> Answer:
        try:
            return question.clean(text)
        except ValidationError as error:
            self.problems += [f"{question.variable}: {message}" for message in error.messages]
            return cast(Answer, None)

    def _ask[Answer](self, question: Question[Answer]) -> Answer:
        while True:
            try:
                return question.clean(self._typed(question))
            except ValidationError as error:
                print("\n".join(error.messages), file=sys.stderr)

    def _typed(self, question: Question) -> str:
        if not question.is_secret:
            return input(f"{question.words}: ").strip()
        first = getpass(f"{question.words}: ")
        if getpass("The same again: ") != first:
            raise ValidationError("The two are not the same.")
        return first
