"""A backup that cannot be made says why, and leaves nothing behind."""

import io
import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import override_settings
from pyrage.x25519 import Identity

from core.backups import folders, making, media_archive, postgres_programs
from core.backups.age_encryption import encrypt
from core.backups.freshness import backup_is_late
from core.backups.rotation import to_keep
from core.models import BackupRun


@pytest.fixture
def root(db, tmp_path: Path) -> Iterator[Path]:
    made_here = {
        "BACKUP_RECIPIENTS": [f"{Identity.generate().to_public()}"],
        "BACKUP_ROOT": tmp_path / "backups",
        "MEDIA_ROOT": tmp_path / "media",
    }
    with override_settings(**made_here):
        yield tmp_path / "backups"


def refusal() -> str:
    with pytest.raises(CommandError) as refused:
        call_command("backup", stdout=io.StringIO())
    assert not BackupRun.objects.exists()
    return f"{refused.value}"


def pretend_program(folder: Path, name: str, script: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"#!/bin/sh\n{script}\n")
    (folder / name).chmod(0o755)


def test_nobody_could_read_it(root: Path) -> None:
    with override_settings(BACKUP_RECIPIENTS=[]):
        assert refusal().startswith("BACKUP_RECIPIENTS is empty")
        assert not backup_is_late()  # none are wanted
    with override_settings(BACKUP_RECIPIENTS=["age1"]):
        assert refusal().startswith("BACKUP_RECIPIENTS: each must be a public key")
    assert list(root.iterdir()) == []


def test_programs_of_an_older_version_are_refused(root: Path, tmp_path: Path) -> None:
    wanted = postgres_programs.major(postgres_programs.server())
    pretend_program(tmp_path / "old", "pg_dump", "echo 'pg_dump (PostgreSQL) 12.3'")
    with override_settings(POSTGRES_PROGRAMS=f"{tmp_path / 'old'}"):
        said = refusal()
    assert said.startswith(f"A pg_dump of PostgreSQL {wanted} or newer is needed; found: 12.")


def test_a_dump_that_ends_midway_leaves_nothing(root: Path, tmp_path: Path) -> None:
    dying = """
    [ "$1" = --version ] && echo 'pg_dump (PostgreSQL) 99.1' && exit
    echo PGDMP; echo 'pg_dump: error: connection lost' >&2; echo 'DETAIL: canary' >&2; exit 1
    """
    pretend_program(tmp_path / "dying", "pg_dump", dying)
    with override_settings(POSTGRES_PROGRAMS=f"{tmp_path / 'dying'}"):
        assert refusal() == "pg_dump failed: pg_dump: error: connection lost"
    assert list(root.iterdir()) == []


def test_a_full_disk_leaves_nothing(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_space(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", no_space)
    assert refusal() == "The backup could not be written: No space left on device."
    assert list(root.iterdir()) == []


def test_an_upload_that_changes_while_it_is_read_is_no_backup(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    default_storage.save("one.txt", ContentFile(b"one"))
    monkeypatch.setattr("django.core.files.base.ContentFile.size", 7, raising=False)
    monkeypatch.setattr("django.core.files.base.File.size", 7, raising=False)
    with pytest.raises(media_archive.BackupError, match=r"changed while it was read: one\.txt"):
        media_archive.MediaArchive().read()


def test_what_is_written_wrongly_is_no_backup(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "encrypt", lambda *given: encrypt(*given)[::-1])
    assert refusal().startswith("database.dump.age does not hold what was written to it.")
    assert list(root.iterdir()) == []


def test_only_one_is_made_at_a_time_and_what_a_killed_one_left_is_cleared(root: Path) -> None:
    left = root / f"{folders.UNFINISHED}2026-11-01T000000Z"
    left.mkdir(parents=True)
    (left / "database.dump.age").write_text("half")
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [making.LOCK])
            assert refusal() == "Another backup is under way."
            cursor.execute("SELECT pg_advisory_unlock(%s)", [making.LOCK])  # closing alone takes a while
    finally:
        other.close()
    for days in (1, 2, 40):
        folders.folder_of(datetime.now(UTC) - timedelta(days=days)).mkdir()
    call_command("backup", stdout=io.StringIO())
    kept = [path.name for path in root.iterdir()]
    assert len(kept) == 3  # today's and those of the last two days
    assert left.name not in kept


def test_the_newest_of_each_period_is_kept() -> None:
    noon = datetime(2026, 11, 28, 12, tzinfo=UTC)  # a Saturday
    made = [noon - timedelta(hours=12 * half_days) for half_days in range(2 * 100)]

    def kept(**numbers: int) -> list[str]:
        numbers = {"daily": 0, "weekly": 0, "monthly": 0} | numbers
        return [f"{at:%m-%d %H}" for at in sorted(to_keep(made, **numbers), reverse=True)]

    assert kept() == ["11-28 12"]
    assert kept(daily=3) == ["11-28 12", "11-27 12", "11-26 12"]
    assert kept(weekly=3) == ["11-28 12", "11-22 12", "11-15 12"]
    assert kept(daily=2, monthly=3) == ["11-28 12", "11-27 12", "10-31 12", "09-30 12"]
    assert to_keep([], daily=7, weekly=4, monthly=0) == set()
