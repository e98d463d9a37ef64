"""The promises of `promises.toml`."""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Promise:
    number: int
    what: str
    tests: list[str] = field(default_factory=list)
    #: What is missing, where its tests pass and the promise is not kept whole.
    short_of: str = ""
    #: Why there is nothing to test.
    not_run: str = ""


def promises() -> list[Promise]:
    table = tomllib.loads(Path(__file__).with_name("promises.toml").read_text())
    return [Promise(**row) for row in table["promise"]]
