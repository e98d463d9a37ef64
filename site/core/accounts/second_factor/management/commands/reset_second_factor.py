from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.accounts.second_factor.services import reset


class Command(BaseCommand):
    help = (
        "Takes away someone's second step of signing in. For an administrator who lost a phone and the "
        "recovery codes, where no other administrator can do it in the admin."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")

    def handle(self, *args: Any, username: str, **options: Any) -> None:
        person = get_user_model().objects.filter(username=username).first()
        if person is None:
            raise CommandError(f"There is no account “{username}”.")
        if not reset(person):
            raise CommandError(f"“{username}” has no second step.")
        self.stdout.write(f"Done: “{username}” signs in with the password alone, and then sets up a new one.")
