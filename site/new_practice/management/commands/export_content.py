from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError

from new_practice.exporting.content_folder import export_folder
from new_practice.exporting.records import left_out
from new_practice.founding import front_page


class Command(BaseCommand):
    help = (
        "Write the site's content to a folder as readable files: therapies, facts, concerns, sources, "
        "comparisons, profiles and information. Diaries, private records and enquiries are not content."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="An empty folder, or one that does not exist yet.")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        home = front_page()
        if home is None:
            raise CommandError("This database holds no site: run make_practice first.")
        if folder.exists() and any(folder.iterdir()):
            raise CommandError(f"{folder} is not empty. Nothing was written.")
        files = export_folder(home, folder)
        self.stdout.write(f"{len(files)} files are written to {folder}.")
        for title in left_out(home):
            self.stdout.write(f"Left out: an alias, not open to everyone, or another has its name: {title}")
