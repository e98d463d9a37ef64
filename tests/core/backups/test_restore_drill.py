"""A whole practice, backed up, changed, and restored into a new database."""

import io
import json
import shutil
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import override_settings
from procrastinate.contrib.django.models import ProcrastinateJob
from pyrage.x25519 import Identity

from core.backups import folders
from core.backups.freshness import backup_age, backup_is_late
from core.backups.media_archive import all_names
from core.models import BackupRun
from tests import databases
from tests.core.backups.test_making import pretend_program
from tests.factories.enquiries import stored_enquiry
from therapies.models import ConcernPage
from therapists.enquiries.answers import FreeText
from therapists.enquiries.models import Enquiry, LegalHold
from therapists.enquiries.services import retention
from therapists.enquiries.services.erasures import keep_erasure

CANARY = "canary words of an enquiry"
#: What erasing writes to, and what is made anew.
CHANGES = ("enquiries_", "procrastinate_", "django_session", BackupRun._meta.db_table)


@dataclass
class Drill:
    backup: Path
    key: Path
    counts: dict[str, int]
    uploads: dict[str, bytes]
    kept: Enquiry
    enquiries: int


@pytest.fixture(scope="module")
def drill(demo_site, django_db_blocker, tmp_path_factory) -> Iterator[Drill]:
    """Back the demo up. Then erase an enquiry, and another whose hold was lifted."""
    key = Identity.generate()
    key_file = tmp_path_factory.mktemp("safe") / "key.txt"
    key_file.write_text(f"# of the practice\n{key}\n")
    made_here = {
        "BACKUP_RECIPIENTS": [f"{key.to_public()}"],
        "BACKUP_ROOT": tmp_path_factory.mktemp("backups"),
    }
    with override_settings(**made_here), django_db_blocker.unblock():
        concern = ConcernPage.objects.first().pk
        kept, erased, held = (
            stored_enquiry(concern, free_text=FreeText(message=CANARY)) for _each in range(3)
        )
        LegalHold.objects.create(enquiry=held, reason="A court asked.")
        default_storage.save("documents/leaflet.pdf", ContentFile(b"%PDF-1.7 " + CANARY.encode()))
        assert backup_is_late()
        counts, enquiries = row_counts(), Enquiry.objects.count()
        call_command("backup", stdout=io.StringIO())
        assert backup_age() < timedelta(minutes=5)
        assert not backup_is_late()
        uploads = all_uploads()
        retention.erase(erased.pk)
        retention.lift_hold(held.pk, by=None)
        retention.erase(held.pk)
        for job in ProcrastinateJob.objects.filter(task_name=keep_erasure.name):
            keep_erasure(**job.args)
        yield Drill(folders.latest(), key_file, counts, uploads, kept, enquiries)


@dataclass
class Restored:
    refusals: list[str]
    said: str


@pytest.fixture(scope="module")
def restored(drill: Drill, django_db_blocker, tmp_path_factory) -> Iterator[Restored]:
    """Restore into a new database and a new folder of uploads, at the third try."""
    name = f"{connection.settings_dict['NAME']}_restored"
    dying = tmp_path_factory.mktemp("dying")
    pretend_program(
        dying,
        "pg_restore",
        "[ $1 = --version ] && echo '(PostgreSQL) 99.1' || { echo 'pg_restore: error: gone' >&2; exit 1; }",
    )
    (other_key := dying / "key.txt").write_text(f"{Identity.generate()}")
    with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")), django_db_blocker.unblock():
        databases.copy("template0", name)
        with databases.using(name):
            with override_settings(POSTGRES_PROGRAMS=f"{dying}"):
                refusals = [refusal(key=drill.key)]
            refusals += [refusal(key=other_key)]
            said = io.StringIO()
            call_command("restore", key=drill.key, stdout=said)
            yield Restored(refusals, said.getvalue())
        databases.drop(name)


def refusal(**arguments: object) -> str:
    with pytest.raises(CommandError) as refused:
        call_command("restore", **arguments)
    return f"{refused.value}"


def row_counts() -> dict[str, int]:
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        counts = {}
        for table in tables:
            if not table.startswith(CHANGES):
                cursor.execute(f'SELECT count(*) FROM "{table}"')
                [(counts[table],)] = cursor.fetchall()
    return counts


def all_uploads() -> dict[str, bytes]:
    uploads = {}
    for name in all_names():
        with default_storage.open(name) as file:
            uploads[name] = file.read()
    return uploads


def test_all_comes_back_but_what_was_erased_since(db, drill: Drill, restored: Restored) -> None:
    assert len(drill.counts) > 80
    assert row_counts() == drill.counts
    assert all_uploads() == drill.uploads
    kept = Enquiry.objects.get(reference=drill.kept.reference)
    assert kept.free_text.message == CANARY
    assert kept.contact == drill.kept.contact
    assert Enquiry.objects.count() == drill.enquiries - 2
    assert "Erased again what was erased since then: 2." in restored.said
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM django_session")
        assert cursor.fetchone() == (0,)
    call_command("check", "--database", "default")
    call_command("migrate", "--check")


def test_nothing_is_overwritten(db, drill: Drill, restored: Restored) -> None:
    assert "is not empty" in refusal(key=drill.key)


def test_a_restore_that_fails_leaves_the_database_empty(restored: Restored) -> None:
    assert restored.refusals == [
        "pg_restore failed: pg_restore: error: gone",
        "This key does not open database.dump.age: No matching keys found.",
    ]


def test_only_the_key_opens_it(drill: Drill) -> None:
    assert stat.S_IMODE(drill.backup.stat().st_mode) == 0o700
    files = {path.name: path.read_bytes() for path in drill.backup.iterdir()}
    assert set(files) == {"database.dump.age", "media.tar.age", "manifest.json"}
    assert not [name for name, content in files.items() if CANARY.encode() in content]
    assert files["database.dump.age"].startswith(b"age-encryption.org/v1\n")
    assert json.loads(json.loads(files["manifest.json"])["signed"])["key_ids"] == ["test"]
    assert sorted(path.name for path in drill.backup.parent.iterdir()) == [drill.backup.name]


@pytest.fixture
def copied(drill: Drill, tmp_path: Path) -> Path:
    return Path(shutil.copytree(drill.backup, tmp_path / "copied"))


def test_what_is_wrong_with_a_backup_is_said_before_anything_is_written(
    db, copied: Path, drill: Drill
) -> None:
    def refused(**arguments: object) -> str:
        return refusal(**{"key": drill.key, "backup": copied, **arguments})

    assert "is no backup" in refused(backup=copied.parent)
    with override_settings(ENCRYPTION_KEYS=["2027:" + "B" * 43 + "="]):
        assert refused().startswith("ENCRYPTION_KEYS lacks test")
    with override_settings(ENCRYPTION_KEYS=["test:" + "B" * 42 + "A="]):
        assert refused() == "This backup was signed with another key than test of ENCRYPTION_KEYS."
    dump = copied / "database.dump.age"
    content = dump.read_bytes()
    dump.write_bytes(content[:-1])
    assert "database.dump.age is damaged" in refused()
    dump.unlink()
    assert "database.dump.age is missing" in refused()
    (copied / "manifest.json").write_text("{")
    assert "manifest.json of copied is damaged" in refused()
    (key := copied / "key.txt").write_text("AGE-SECRET-KEY-1\n")
    assert refused(key=key) == "The file with the private key holds something else."
