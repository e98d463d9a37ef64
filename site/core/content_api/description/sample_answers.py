"""A sample answer of each operation, and the line of curl that asks for it.

The answers stand in `sample_answers.json`: the tests record them, and hold what the API gives to them.
"""

import json
import shlex
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from core.content_api.operations import Operation

FILE = Path(__file__).with_suffix(".json")
#: Of `make demo`, where every line can be tried.
DEMO = "http://localhost:8000"


class SampleAnswer(NamedTuple):
    #: Below the start of the API.
    address: str
    #: None where the operation answers nothing. Lists have their first two rows.
    answer: Any


@cache
def sample_answers() -> dict[str, SampleAnswer]:
    """Return the samples by the id of their operation."""
    return {name: SampleAnswer(**sample) for name, sample in json.loads(FILE.read_text()).items()}


def curl_line(operation: Operation, method: str, start: str, sample: SampleAnswer) -> str:
    """Return the command, for a shell. `start` is the path at which the API begins."""
    words = ["curl", f"{DEMO}{start}{sample.address}"]
    if method == "delete":
        words += ["-X", "DELETE"]
    for parameter in operation.parameters:
        if parameter.location == "header" and parameter.examples:
            words += ["-H", f"{parameter.name}: {parameter.examples[0]}"]
    if operation.security:
        words += ["-H", "Authorization: Bearer …"]
    if method == "post":
        body = {} if operation.body_example is None else operation.body_example
        words += ["-H", "Content-Type: application/json", "-d", json.dumps(body, ensure_ascii=False)]
    return shlex.join(words)
