"""Writes what the TypeScript client is compiled against: the description, and answers of its types."""

import json
from pathlib import Path

import django
from rest_framework.renderers import JSONRenderer

django.setup()

from core.content_api.description.openapi import document  # noqa: E402 - needs the apps
from tests.api.contract import Contract  # noqa: E402
from tests.api.recorded import ANSWERS, ANSWERS_OF_THE_FORM, recorded  # noqa: E402

FOLDER = Path(__file__).parents[3] / ".local" / "typescript"
BEGINNING = """\
import type { paths as Paths } from "./api";

type Answer<Path extends keyof Paths, Method extends keyof Paths[Path], Status extends number> =
  Paths[Path][Method] extends { responses: Record<Status, { content: infer Content }> }
    ? Content[keyof Content]
    : never;
"""


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "openapi.json").write_bytes(JSONRenderer().render(document()))
    pages = {name: ("get", at, 400 if name == "problem" else 200) for name, at in ANSWERS.items()}
    constants = [constant(name, *asked) for name, asked in (pages | ANSWERS_OF_THE_FORM).items()]
    (FOLDER / "answers.ts").write_text("\n".join([BEGINNING, *constants]))


def constant(name: str, method: str, address: str, status: int) -> str:
    """A literal, so that the compiler refuses also what the type does not name."""
    template = Contract().template(f"/{address.partition('?')[0]}")
    kind = f'Answer<"{template}", "{method}", {status}>'
    return f"export const {name}: {kind} = {json.dumps(recorded(name), indent=2)};\n"


main()
