import argparse
from datetime import date

from django.core.management.base import BaseCommand, CommandError

from therapists.enquiries.services.erase_again import erase_again
from therapists.enquiries.services.erasures import CannotTell


class Command(BaseCommand):
    help = (
        "Erases what was erased since a day, after the database was restored to how it was then. "
        "`manage.py restore` does this by itself: run it where your database's provider restored it."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("day", type=date.fromisoformat, help="of the backup, in UTC: 2026-11-25")

    def handle(self, *args: object, day: date, **options: object) -> None:
        try:
            erased = erase_again(day)
        except CannotTell as error:
            raise CommandError(
                f"ENCRYPTION_KEYS lacks {error}, with which what was erased was noted."
            ) from error
        self.stdout.write(f"Erased again: {erased}.")
