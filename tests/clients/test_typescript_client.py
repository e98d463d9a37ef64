"""The TypeScript client as someone has it who installs it. `make example` fetches what it needs."""

import json
import os
import re
import subprocess
import time
from pathlib import Path

import pytest
from django.conf import settings
from rest_framework.renderers import JSONRenderer

from core.content_api.description.openapi import document
from core.webhooks import signing
from core.webhooks.enums import EventType
from tests.node_tools import needs

SOURCE = settings.ROOT / "docs" / "clients" / "typescript"
STRICT = Path(__file__).with_name("strict.ts")
STRICTEST = {
    "strict": True,
    "noUncheckedIndexedAccess": True,
    "exactOptionalPropertyTypes": True,
    "skipLibCheck": False,
    "target": "es2022",
    "lib": ["es2022", "dom", "dom.iterable"],
    "types": ["node"],
    "module": "nodenext",
    "rootDir": ".",
    "outDir": "out",
}

needs_npm = needs(SOURCE / "node_modules", command="make example")


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `npm pack` makes of it, with types from the description of the API as it is."""
    folder = tmp_path_factory.mktemp("client")
    (folder / "openapi.json").write_bytes(JSONRenderer().render(document()))
    run("npm", "run", "--silent", "build", folder=SOURCE, PRACTICE_API=str(folder))
    name = run("npm", "pack", "--silent", "--pack-destination", str(folder), folder=SOURCE).split()[-1]
    return folder / name


@pytest.fixture(scope="module")
def elsewhere(packed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Somebody's own project, which has installed it and compiled a strict program against it."""
    folder = tmp_path_factory.mktemp("elsewhere")
    (folder / "package.json").write_text('{"private": true, "type": "module"}')
    (folder / "tsconfig.json").write_text(json.dumps({"compilerOptions": STRICTEST, "files": ["strict.ts"]}))
    (folder / "strict.ts").write_text(STRICT.read_text())
    used = ["typescript@5.9.3", "@types/node@20.19.43"]
    run("npm", "install", "--silent", "--no-audit", "--prefer-offline", str(packed), *used, folder=folder)
    run("node_modules/.bin/tsc", folder=folder)
    return folder


def run(*command: str, folder: Path, **environment: str) -> str:
    done = subprocess.run(
        command, cwd=folder, env=os.environ | environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@needs_npm
def test_its_own_tests_pass(packed: Path) -> None:
    assert "# fail 0" in run("npm", "test", "--silent", folder=SOURCE)


@needs_npm
def test_a_strict_program_reads_real_webhooks_with_what_was_installed(elsewhere: Path) -> None:
    secret, body = signing.new_secret(), '{"words": "“yes”"}'
    headers = json.dumps(
        signing.headers([signing.new_secret(), secret], "1", int(time.time()), body.encode())
    )

    assert run("node", "out/strict.js", secret, headers, body, folder=elsewhere) == "true\n"
    assert run("node", "out/strict.js", secret, headers, f"{body} ", folder=elsewhere) == "false\n"


@needs_npm
def test_it_is_small_and_brings_one_package_along(elsewhere: Path) -> None:
    installed = json.loads((elsewhere / "package-lock.json").read_text())["packages"]
    brought = {name.removeprefix("node_modules/") for name in installed if name}
    assert brought - {"typescript", "@types/node", "undici-types"} == {
        "therapy-practice-client",
        "openapi-fetch",
        "openapi-typescript-helpers",
    }

    files = [
        path for path in (elsewhere / "node_modules/therapy-practice-client").rglob("*") if path.is_file()
    ]
    assert {path.name for path in files} >= {"README.md", "index.js", "index.d.ts", "schema.d.ts"}
    assert sum(path.stat().st_size for path in files if path.suffix == ".js") < 12_000


@pytest.mark.parametrize("folder", ["clients/typescript", "examples/astro", "examples/nextjs"])
def test_lock_files_name_no_registry(folder: str) -> None:
    packages = json.loads((settings.ROOT / "docs" / folder / "package-lock.json").read_text())["packages"]
    resolved = {package["resolved"] for package in packages.values() if "resolved" in package}
    assert resolved <= {"../../clients/typescript"}
    assert len(packages) > 20


def test_it_knows_every_event() -> None:
    written = re.search(r"type WebhookType =(.*?);", (SOURCE / "src/webhooks.ts").read_text(), re.DOTALL)
    assert written
    assert set(re.findall(r'"(.+?)"', written[1])) == set(EventType.values), "Mend its src/webhooks.ts"
