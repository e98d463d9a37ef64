"""Writes what the generated clients are made from and held to: the description, and answers of its types."""

import json
from pathlib import Path
from typing import Any

import django
from rest_framework.renderers import JSONRenderer

django.setup()

from core.content_api.description.openapi import document  # noqa: E402 - needs the apps
from tests.api.contract import Contract  # noqa: E402
from tests.api.recorded import ANSWERS, ANSWERS_OF_THE_FORM, recorded  # noqa: E402

#: Below the folder of node_modules, so that what is compiled there finds its packages.
FOLDER = Path(__file__).parents[3] / ".local" / "node" / "generated"
OPENAPI_TYPESCRIPT = """\
import type { paths as Paths } from "./api";

type Answer<Path extends keyof Paths, Method extends keyof Paths[Path], Status extends number> =
  Paths[Path][Method] extends { responses: Record<Status, { content: infer Content }> }
    ? Content[keyof Content]
    : never;
"""
HEY_API = """\
import type * as Types from "./hey-api";
"""


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "openapi.json").write_bytes(JSONRenderer().render(document()))
    pages = {name: ("get", at, 400 if name == "problem" else 200) for name, at in ANSWERS.items()}
    answers = [answer_of(name, *asked) for name, asked in (pages | ANSWERS_OF_THE_FORM).items()]
    (FOLDER / "answers.json").write_text(json.dumps(answers))
    write_constants("answers.ts", OPENAPI_TYPESCRIPT, answers)
    write_constants("hey_api_answers.ts", HEY_API, answers)


def answer_of(name: str, method: str, address: str, status: int) -> dict[str, Any]:
    """Return the answer with the names that each generator knows its type by."""
    contract = Contract()
    path = f"/{address.partition('?')[0]}"
    operation = contract.operation(path, method)
    kind = operation["operationId"][0].upper() + operation["operationId"][1:]
    return {
        "name": name,
        "operation": operation["operationId"],
        "tag": operation["tags"][0],
        "status": status,
        "body": recorded(name),
        "answers.ts": f'Answer<"{contract.template(path)}", "{method}", {status}>',
        "hey_api_answers.ts": f"Types.{kind}{'Responses' if status < 400 else 'Errors'}[{status}]",
    }


def write_constants(file: str, beginning: str, answers: list[dict[str, Any]]) -> None:
    """Write literals, so that the compiler refuses also what the type does not name."""
    constants = [
        f"export const {answer['name']}: {answer[file]} = {json.dumps(answer['body'], indent=2)};\n"
        for answer in answers
    ]
    (FOLDER / file).write_text("\n".join([beginning, *constants]))


main()
