import argparse
import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from core.backups import BackupError
from core.backups.age_encryption import identities
from core.backups.folders import latest
from core.backups.restoring import restore


class Command(BaseCommand):
    help = (
        "Restores a backup into the empty database that DATABASE_URL names, and its uploads. "
        "What was erased since the backup is erased again."
    )
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--key", type=Path, required=True, help="the file with the private key, or - to read it"
        )
        parser.add_argument("backup", type=Path, nargs="?", help="its folder; the newest, if left out")

    def handle(self, *args: object, key: Path, backup: Path | None, **options: object) -> None:
        try:
            keys = identities(sys.stdin.read() if key == Path("-") else key.read_text())
            for sentence in restore(backup or latest(), keys):
                self.stdout.write(sentence)
        except (BackupError, OSError) as error:
            raise CommandError(str(error)) from error
