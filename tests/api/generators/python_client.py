"""Uses the client that openapi-python-client made. Runs in the environment of that tool, beside the client.

Without an argument: reads every recorded answer and writes it again. With the address of the API: asks for
lists by two values of one parameter, and prints whom it was given.
"""

import json
import sys
from datetime import datetime
from http import HTTPStatus
from importlib import import_module
from pathlib import Path
from typing import Any

import httpx

GENERATED = Path(__file__).parents[3] / ".local" / "node" / "generated"
sys.path.insert(0, str(GENERATED))

from practice_client import Client  # noqa: E402
from practice_client.api.therapies import list_therapies  # noqa: E402
from practice_client.api.therapists import list_therapists  # noqa: E402
from practice_client.models import ListTherapiesFamilyItem, ListTherapistsFormatItem  # noqa: E402


def read_answers() -> None:
    client = Client(base_url="", raise_on_unexpected_status=True)
    for answer in json.loads((GENERATED / "answers.json").read_text()):
        operation = import_module(f"practice_client.api.{snake(answer['tag'])}.{snake(answer['operation'])}")
        response = httpx.Response(HTTPStatus(answer["status"]), json=answer["body"])
        read = operation._parse_response(client=client, response=response)
        assert normalised(read.to_dict()) == normalised(answer["body"]), answer["name"]


def snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name).lower()


def normalised(value: Any) -> Any:
    """Return the value with each time written in one way."""
    match value:
        case dict():
            return {key: normalised(child) for key, child in value.items()}
        case list():
            return [normalised(child) for child in value]
        case str() if value[:4].isdecimal() and "T" in value:
            return datetime.fromisoformat(value).isoformat()
    return value


def ask_for_lists(base_url: str) -> None:
    client = Client(base_url=base_url, raise_on_unexpected_status=True)
    formats = [ListTherapistsFormatItem.VIDEO, ListTherapistsFormatItem.PHONE]
    families = [ListTherapiesFamilyItem.PSYCHODYNAMIC, ListTherapiesFamilyItem.INTERPERSONAL]
    therapists = list_therapists.sync(client=client, format_=formats)
    therapies = list_therapies.sync(client=client, family=families)
    sys.stdout.write(json.dumps([row.title for found in (therapists, therapies) for row in found.items]))


if len(sys.argv) > 1:
    ask_for_lists(sys.argv[1])
else:
    read_answers()
