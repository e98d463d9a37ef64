from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError

from new_practice.founding import front_page
from new_practice.importing import import_folder
from new_practice.loading.content_problems import ContentError


class Command(BaseCommand):
    help = (
        "Bring the site's content in line with a folder of files, as export_content writes them: all of it, "
        "or nothing. What has no file is left alone."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument(
            "--dry-run", action="store_true", help="Show each change and each error, and write nothing."
        )
        parser.add_argument(
            "--as-drafts",
            action="store_true",
            help="Publish nothing, and leave out who signed it: for your own clinician to sign.",
        )

    def handle(self, *args: Any, folder: Path, dry_run: bool, as_drafts: bool, **options: Any) -> None:
        home = front_page()
        if home is None:
            raise CommandError("This database holds no site: run make_practice first.")
        if not folder.is_dir():
            raise CommandError(f"There is no folder {folder}.")
        try:
            result = import_folder(home, folder, as_drafts=as_drafts, dry_run=dry_run)
        except ContentError as error:
            raise CommandError(f"Nothing was changed. {error}") from error
        if result.problems:
            lines = "\n".join(str(one) for one in result.problems)
            raise CommandError(f"Nothing was changed. {len(result.problems)} to put right:\n{lines}")
        for change in result.changes:
            self.stdout.write(str(change))
        for doubt in result.doubts:
            self.stdout.write(f"To look at: {doubt}")
        if dry_run:
            self.stdout.write(f"{len(result.changes)} changes. Nothing was written.")
        else:
            self.stdout.write(f"{len(result.changes)} changes are made.")
