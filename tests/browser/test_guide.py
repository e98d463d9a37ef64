"""The front end that the guide of the API begins with, as someone would run it against the demo."""

import os
import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect
from pytest_django.plugin import DjangoDbBlocker

from demo.builder import set_site_address

GUIDE = (settings.ROOT / "docs/api.md").read_text()
WRITTEN = re.findall(r"^```js\n(import \{ createServer.*?)^```", GUIDE, re.DOTALL | re.MULTILINE)
NODE = shutil.which("node")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(NODE is None, reason="Node is not installed."),
]


@pytest.fixture
def front_end(site_url: str, django_db_blocker: DjangoDbBlocker, tmp_path: Path) -> Iterator[str]:
    """The address that it says to open."""
    with django_db_blocker.unblock():
        set_site_address(site_url)
    [code] = WRITTEN
    file = tmp_path / "front.mjs"
    file.write_text(code)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {"PRACTICE_API": f"{site_url}/api/v2", "PORT": str(port)}
    with subprocess.Popen([str(NODE), file], env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        address = process.stdout.readline().split()[-1]
        yield address
        process.terminate()


def test_the_front_end_of_the_guide_shows_the_demo(page: Page, front_end: str) -> None:
    page.goto(front_end)

    expect(page.get_by_role("heading", level=1)).to_have_text("Interpersonal therapy")
    expect(page.get_by_role("heading", name="What happens in sessions")).to_be_visible()
    page.get_by_role("navigation").get_by_role("link", name="Therapists", exact=True).click()
    page.get_by_role("link", name="Amara Okafor").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Amara Okafor")
    assert page.url == front_end.replace("/therapies/interpersonal-therapy/", "/therapists/amara-okafor/")
