"""The front end in `docs/examples/nextjs`: builds it from a running site, and serves it."""

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.error import URLError
from urllib.request import urlopen

from django.conf import settings

SOURCE = settings.ROOT / "docs" / "examples" / "nextjs"
#: Seconds that it may take to begin.
PATIENCE = 60


def build(site_url: str) -> None:
    """Make the types, check them and build. The pages ask the API at `site_url` from the browser too."""
    done = subprocess.run(
        ["npm", "run", "--silent", "build"],
        cwd=SOURCE,
        env=os.environ | {"PRACTICE_API": f"{site_url}/api/v2"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@contextmanager
def started(site_url: str, *, port: int, webhook_secret: str) -> Iterator[str]:
    """The address of its front page, without the slash."""
    environment = {
        "PRACTICE_API": f"{site_url}/api/v2",
        "WEBHOOK_SECRET": webhook_secret,
        "NEXT_TELEMETRY_DISABLED": "1",
    }
    command = ["node_modules/.bin/next", "start", "--hostname", "127.0.0.1", "--port", str(port)]
    with subprocess.Popen(
        command, cwd=SOURCE, env=os.environ | environment, stdout=subprocess.DEVNULL
    ) as server:
        url = f"http://127.0.0.1:{port}"
        try:
            _wait_for(url)
            yield url
        finally:
            server.terminate()


def _wait_for(url: str) -> None:
    last = time.monotonic() + PATIENCE
    while True:
        try:
            with urlopen(url, timeout=PATIENCE):
                return
        except URLError:
            assert time.monotonic() < last, "It does not begin."
            time.sleep(0.2)
