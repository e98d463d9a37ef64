"""Writes what the TypeScript client is compiled against: the description, and answers of its types."""

import json
from pathlib import Path

import django
from rest_framework.renderers import JSONRenderer

django.setup()

from home.api.openapi import document  # noqa: E402 - needs the apps
from tests.api.contract import Contract  # noqa: E402
from tests.api.recorded import ANSWERS, recorded  # noqa: E402

FOLDER = Path(__file__).parents[3] / ".local" / "typescript"
BEGINNING = """\
import type { paths as Paths } from "./api";

type Answer<Path extends keyof Paths, Status extends number = 200> = Paths[Path] extends {
  get: { responses: Record<Status, { content: infer Content }> };
}
  ? Content[keyof Content]
  : never;
"""


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "openapi.json").write_bytes(JSONRenderer().render(document()))
    (FOLDER / "answers.ts").write_text("\n".join([BEGINNING, *map(constant, ANSWERS)]))


def constant(name: str) -> str:
    """A literal, so that the compiler refuses also what the type does not name."""
    template = Contract().template(f"/{ANSWERS[name].partition('?')[0]}")
    kind = f'Answer<"{template}", 400>' if name == "problem" else f'Answer<"{template}">'
    return f"export const {name}: {kind} = {json.dumps(recorded(name), indent=2)};\n"


main()
