from django.core.management.base import BaseCommand

from core.backups.age_encryption import Identity


class Command(BaseCommand):
    help = "Makes a key for backups, and writes both halves of it. Nothing is stored."
    requires_system_checks: list[str] = []

    def handle(self, *args: object, **options: object) -> None:
        key = Identity.generate()
        self.stdout.write(
            f"# For the site's settings: BACKUP_RECIPIENTS={key.to_public()}\n"
            "# Keep this line away from the site's machine. Without it, no backup can be read:\n"
            f"{key}"
        )
