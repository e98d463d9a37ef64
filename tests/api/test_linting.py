"""The description of the API satisfies Redocly's linter. `make types` installs it."""

import json
import os
import subprocess

from django.conf import settings
from rest_framework.utils.encoders import JSONEncoder

from core.content_api.description.openapi import document
from tests.node_tools import NODE_MODULES, needs

LINTER = NODE_MODULES / ".bin" / "redocly"
RULES = settings.ROOT / "tests/api/redocly.yaml"


@needs(LINTER, command="make types")
def test_the_description_has_neither_errors_nor_warnings(tmp_path):
    description = tmp_path / "openapi.json"
    description.write_text(json.dumps(document(), cls=JSONEncoder))

    command = [LINTER, "lint", "--config", RULES, "--max-problems", "50", description]
    environment = os.environ | {"REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true"}
    linted = subprocess.run(
        command, capture_output=True, text=True, timeout=120, check=False, env=environment
    )

    assert linted.returncode == 0, linted.stderr
    assert "warning" not in linted.stderr.partition("validating")[2]
