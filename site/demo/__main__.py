"""What `make demo` runs: a database, the demo content, the site and its worker, until stopped."""

import contextlib
import os
import socket
import sys
import time
import urllib.error
import urllib.request

from config.embedded_database import ROOT, ensure_database_url
from demo.logins import LOGINS
from demo.supervisor import ChildEnded, Stopped, Supervisor

HOST = "127.0.0.1"
MANAGE = [sys.executable, str(ROOT / "manage.py")]
START_SECONDS = 60


def main() -> int:
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    supervisor = Supervisor()
    port = _port()
    listener = _reserve(port)
    os.chdir(ROOT)
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.demo"
    os.environ["PYTHONPATH"] = os.pathsep.join([str(ROOT / "site"), str(ROOT)])
    print("Starting the database ...")
    ensure_database_url()
    try:
        supervisor.run("The preparation of the database", [*MANAGE, "prepare_demo"])
        supervisor.start("The web server", _web_server(listener), keep_open=(listener.fileno(),))
        supervisor.start("The background worker", [*MANAGE, "procrastinate", "worker", "--concurrency", "4"])
        _wait_until_it_answers(port, supervisor)
        _welcome(port)
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


def _reserve(port: int) -> socket.socket:
    """Bind the port before the long preparation. Connections are refused until the web server listens."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
    except OSError as error:
        raise SystemExit(
            f"Port {port} cannot be used ({error.strerror}). Choose another: make demo PORT={port + 1}"
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


def _welcome(port: int) -> None:
    address = f"http://localhost:{port}"
    print(
        f"\nThe site is ready.\n\n"
        f"  Site     {address}/\n"
        f"  Admin    {address}/admin/\n"
        f"  Mailbox  {address}/mailbox/\n"
        f"  API      {address}/api/v2/pages/\n"
        f"\nLogins, for this demo only:\n"
    )
    for login in LOGINS:
        print(f"  {login.username:<10} {login.password:<20} {login.role}")
    print("\nCtrl-C stops everything. What you change is kept.")


if __name__ == "__main__":
    sys.exit(main())
