from django.core.management.base import BaseCommand, CommandError

from core.backups import BackupError
from core.backups.making import make_backup


class Command(BaseCommand):
    help = (
        "Writes the database and the uploads to a folder below BACKUP_ROOT, encrypted to BACKUP_RECIPIENTS, "
        "reads it back, and deletes backups whose time is over. Fails where any of this does."
    )

    def handle(self, *args: object, **options: object) -> None:
        try:
            folder = make_backup()
        except BackupError as error:
            raise CommandError(str(error)) from error
        size = sum(path.stat().st_size for path in folder.iterdir())
        self.stdout.write(f"Backup {folder.name}: {size:,} bytes, written and read back.")
