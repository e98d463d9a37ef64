from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, call_command

from local_server.static_files import collect_if_changed
from new_practice.founding import has_content
from new_practice.loading.fixed_pages import set_site_address


class Command(BaseCommand):
    help = "Bring the database, the static files and the address of a site on this machine up to date."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write("Bringing the database up to date ...")
        call_command("migrate", verbosity=0, interactive=False)
        collect_if_changed()
        if has_content():
            set_site_address(settings.BASE_URL)
