"""Serves a site on this machine, with a background worker, until stopped (`make demo`, `make practice`).

Runs outside Django: the processes that it starts are Django's.
"""

import contextlib
import os
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

from local_server.supervisor import ChildEnded, Stopped, Supervisor

ROOT = Path(__file__).resolve().parents[2]
HOST = "127.0.0.1"
MANAGE = [sys.executable, str(ROOT / "manage.py")]
START_SECONDS = 60


def serve(
    *,
    settings: str,
    command: str,
    start_database: Callable[[], object],
    prepare: Callable[[Supervisor], None],
    welcome: Callable[[str], None],
) -> int:
    """Start the database, prepare and serve. Return the exit code.

    `command` is what a person typed, for the advice on a port that is taken; `welcome` tells them, once the
    site answers, what stands at its address.
    """
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    supervisor = Supervisor()
    port = _port()
    listener = _reserve(port, command)
    os.chdir(ROOT)
    os.environ["DJANGO_SETTINGS_MODULE"] = settings
    os.environ["PYTHONPATH"] = os.pathsep.join([str(ROOT / "site"), str(ROOT)])
    os.environ["PORT"] = str(port)
    print("Starting the database ...")
    start_database()
    try:
        prepare(supervisor)
        supervisor.start("The web server", _web_server(listener), keep_open=(listener.fileno(),))
        supervisor.start("The background worker", [*MANAGE, "procrastinate", "worker", "--concurrency", "4"])
        _wait_until_it_answers(port, supervisor)
        welcome(f"http://localhost:{port}")
        supervisor.watch()
    except ChildEnded as ended:
        print(ended, file=sys.stderr)
        return 1
    except Stopped:
        print("\nStopping ...")
    finally:
        supervisor.stop()
    return 0


def _port() -> int:
    text = os.environ.get("PORT") or "8000"
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise SystemExit(f"PORT must be a number from 1 to 65535, and it is {text!r}.")
    return int(text)


def _reserve(port: int, command: str) -> socket.socket:
    """Bind the port before the long preparation. Connections are refused until the web server listens."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
    except OSError as error:
        raise SystemExit(
            f"Port {port} cannot be used ({error.strerror}). Choose another: {command} PORT={port + 1}"
        ) from None
    return listener


def _web_server(listener: socket.socket) -> list[str]:
    return [
        *(sys.executable, "-m", "gunicorn", "config.wsgi"),
        *("--bind", f"fd://{listener.fileno()}"),
        *("--worker-class", "gthread", "--threads", "8"),
        *("--log-level", "warning", "--no-control-socket"),
    ]


def _wait_until_it_answers(port: int, supervisor: Supervisor) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        with (
            contextlib.suppress(urllib.error.URLError, OSError),
            urllib.request.urlopen(f"http://{HOST}:{port}/healthz", timeout=5),
        ):
            return
        supervisor.check()
        supervisor.pause()
    raise ChildEnded(f"The site did not answer within {START_SECONDS} seconds.")
