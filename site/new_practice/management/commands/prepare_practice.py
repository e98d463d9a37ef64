from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, call_command

from local_server.static_files import collect_if_changed
from new_practice.founding import lead_to_this_port


class Command(BaseCommand):
    help = "Make a site of this machine where there is none, and bring what it stands on up to date."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--with", action="append", default=[], dest="parts", help="See make_practice.")

    def handle(self, *args: Any, parts: list[str], **options: Any) -> None:
        self.stdout.write("Bringing the database up to date ...")
        call_command("migrate", verbosity=0, interactive=False)
        collect_if_changed()
        lead_to_this_port(settings.BASE_URL)
        call_command("make_practice", *[f"--with={part}" for part in parts], stdout=self.stdout)
