"""What the guide shows receivers is what they need: its code reads real messages."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from core.webhooks.announcements import send_test
from core.webhooks.enums import EventType
from tests.factories.webhooks import EndpointFactory

GUIDE = (Path(__file__).parents[3] / "docs/api.md").read_text()
PYTHON = re.search(r"```python\n(import base64.*?)```", GUIDE, re.DOTALL).group(1)
JAVASCRIPT = re.search(r"```js\n(import \{ createHmac.*?)```", GUIDE, re.DOTALL).group(1)
ASK = """
import { readFileSync } from "node:fs";
const { secret, headers, body } = JSON.parse(readFileSync(0, "utf8"));
console.log(isFromThePractice(secret, new Headers(headers), body));
"""


@pytest.fixture
def message(home, receiver, deliver):
    """A message as it came, and the secret of its receiver, which is being changed."""
    endpoint = EndpointFactory(url=receiver.url)
    secret = endpoint.secrets.get().sealed_secret
    endpoint.new_secret()
    send_test(endpoint)
    deliver()
    return secret, receiver.received[0]


def python(secret, headers, body):
    names: dict = {}
    exec(PYTHON, names)
    return names["is_from_the_practice"](secret, headers, body)


def javascript(secret, headers, body):
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node is not installed")
    asked = json.dumps({"secret": secret, "headers": headers, "body": body.decode()})
    command = [node, "--input-type=module", "--eval", JAVASCRIPT + ASK]
    ran = subprocess.run(command, input=asked, capture_output=True, text=True, check=True)
    return ran.stdout.strip() == "true"


@pytest.mark.parametrize("check", [python, javascript])
def test_the_code_of_the_guide_tells_true_from_false(message, check):
    secret, received = message
    assert check(secret, received.headers, received.body)
    assert not check(secret, received.headers, received.body + b" ")
    assert not check("whsec_" + "A" * 44, received.headers, received.body)
    assert not check(secret, received.headers | {"webhook-id": "another"}, received.body)
    old = {"webhook-timestamp": str(int(received.headers["webhook-timestamp"]) - 600)}
    assert not check(secret, received.headers | old, received.body)


def test_the_guide_names_every_event():
    assert [kind for kind in EventType if f"`{kind}`" not in GUIDE] == [], "Name it in docs/api.md"
