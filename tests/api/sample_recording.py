"""Records the sample answers of the description, and compares what the API gives with them.

As with the golden answers, `UPDATE_GOLDEN=1` writes them anew.
"""

import json
import os
import re

from core.content_api.description.openapi import routes
from core.content_api.description.sample_answers import DEMO, FILE
from tests.api.golden import normalised
from tests.api.recorded import with_values

MOST_ROWS = 2
ANY_UUID = "5a0c8f0e-6d0e-4a53-9a6e-0d8e8f1f2a10"
#: In the place of what is different at every run, by name.
MADE_UP = {
    "ticket": "…",
    "token": "…",
    "choice": "1",
    "key": "1",
    "page_url": f"{DEMO}/enquiries/status/made-up-token/",
    "reference": "REF-7K3F-29",
    "expected_by": "2026-12-04T17:00:00Z",
    "may_undo_until": "2026-12-04T10:00:00Z",
    "in_words": "Thursday 3 December 2026, 10:00 (UK time)",
}


def presentable(value, name=""):
    """Short enough to read, and as a reader of the demo would see it."""
    match value:
        case dict():
            return {key: presentable(child, key) for key, child in value.items()}
        case list():
            return [presentable(child, name) for child in value[:MOST_ROWS]]
        case "<moment>":
            return "2026-12-03T10:00:00Z"
        case str() if value == f"<{name}>" and name in MADE_UP:
            return MADE_UP[name]
        case str():
            value = value.replace("http://testserver", DEMO).replace("<id>", "1").replace("<file>", "picture")
            return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", ANY_UUID, value)
    return value


def assert_sample_holds(operation_id, address, answer):
    """`answer` is what the API gave, already without what is made up; None where it gives nothing."""
    address = re.sub(r"/\d+/", "/1/", re.sub(r"\bid=\d+", "id=1", address))
    sample = {"address": address, "answer": presentable(with_values(normalised(answer)))}
    samples = json.loads(FILE.read_text())
    if os.environ.get("UPDATE_GOLDEN"):
        order = [route.operation.operation_id for route in routes()]
        known = samples | {operation_id: sample}
        samples = {name: known[name] for name in order if name in known}
        FILE.write_text(json.dumps(samples, indent=2, ensure_ascii=False) + "\n")
    assert samples[operation_id] == sample
