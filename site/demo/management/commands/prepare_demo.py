from typing import Any

from django.core.management import BaseCommand, call_command


class Command(BaseCommand):
    help = "Bring the database up to date, and load the demo content where its files have changed."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write("Bringing the database up to date ...")
        call_command("migrate", verbosity=0, interactive=False)
        call_command("load_demo", only_if_changed=True, stdout=self.stdout)
