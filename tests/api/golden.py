"""Compares an answer with the one that is kept of its kind in `expected/`."""

import json
import os
import re

from tests.api.recorded import EXPECTED


def normalised(value, name=""):
    """The same at every run: ids, times and the hashes in the names of files are left out."""
    match value:
        case dict():
            return {key: normalised(child, key) for key, child in value.items()}
        case list():
            return [normalised(child, name) for child in value]
        case int() if name in ("id", "therapy"):
            return "<id>"
        case str() if name == "id":
            return "<id>"
        case str() if name == "day":
            return "<day>"
        case str() if name.endswith(("_at", "last_modified")):
            return "<time>"
        case str():
            value = re.sub(r"(/api/v2/\w+/|/admin/pages/|/documents/)\d+/", r"\1<id>/", value)
            return re.sub(r"(/media/images/)[^ ]*?(\.(?:fill|width|max)-[^ ]*)", r"\1<file>\2", value)
    return value


def assert_contract_holds(name, answer):
    text = json.dumps(normalised(answer), indent=2, ensure_ascii=False) + "\n"
    path = EXPECTED / f"{name}.json"
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(text)
    assert json.loads(text) == json.loads(path.read_text())
