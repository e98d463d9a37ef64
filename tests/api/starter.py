"""The front end that the guide of the API begins with, run as the guide tells readers to."""

import os
import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

GUIDE = (settings.ROOT / "docs/api.md").read_text()
WRITTEN = re.findall(r"^```js\n(import \{ createServer.*?)^```", GUIDE, re.DOTALL | re.MULTILINE)
NODE = shutil.which("node")


@contextmanager
def running_starter(api: str, folder: Path) -> Iterator[str]:
    """Run it against this API until the end, and give the address that it says to open."""
    [code] = WRITTEN
    file = folder / "front.mjs"
    file.write_text(code)
    environment = os.environ | {"PRACTICE_API": api, "PORT": str(free_port())}
    with subprocess.Popen([str(NODE), file], env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield process.stdout.readline().split()[-1]
        still_runs = process.poll() is None
        process.terminate()
    assert still_runs, "It ended by itself."


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]
