from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, call_command

from demo.outdated_database import make_anew_if_outdated
from local_server.static_files import collect_if_changed
from new_practice.loading.fixed_pages import set_site_address


class Command(BaseCommand):
    help = "Bring the database, the static files and the demo content up to date."

    def handle(self, *args: Any, **options: Any) -> None:
        make_anew_if_outdated(self.stdout)
        self.stdout.write("Bringing the database up to date ...")
        call_command("migrate", verbosity=0, interactive=False)
        collect_if_changed()
        call_command("load_demo", only_if_changed=True, stdout=self.stdout)
        set_site_address(settings.BASE_URL)
