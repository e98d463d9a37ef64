from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand

from demo.builder import build_demo
from demo.builder.sample_content import fingerprint
from demo.models import ContentLoad


class Command(BaseCommand):
    help = "Make the demo site from its content files, or bring it in line with them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--if-changed",
            action="store_true",
            dest="only_if_changed",
            help="Do nothing where the files are as they were at the last load.",
        )

    def handle(self, *args: Any, only_if_changed: bool = False, **options: Any) -> None:
        current = fingerprint()
        last = ContentLoad.objects.order_by("loaded_at").last()
        if only_if_changed and last and last.fingerprint == current:
            return
        self.stdout.write("Loading the demo content ...")
        build_demo()
        ContentLoad.objects.create(fingerprint=current)
