import sys
from argparse import ArgumentParser
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import BaseCommand, CommandError
from django.db import DatabaseError

from new_practice import details
from new_practice.asking import Answers, NoAnswers, Question
from new_practice.details import Administrator, PracticeDetails
from new_practice.founding import found_practice, has_content, present_site
from new_practice.nations import Nation

NAME = Question("name", "PRACTICE_NAME", "Name of the practice", details.clean_name)
EMAIL = Question("email", "PRACTICE_EMAIL", "E-mail address for anyone who writes to it", details.clean_email)
POSTAL_ADDRESS = Question(
    "postal_address",
    "PRACTICE_POSTAL_ADDRESS",
    "Postal address, in one line (may stay empty for now)",
    details.clean_postal_address,
    usual="",
)
NATION = Question(
    "nation",
    "PRACTICE_NATION",
    f"Where its clients are, for urgent help lines ({', '.join(Nation)})",
    details.clean_nation,
)
WEB_ADDRESS = Question(
    "web_address", "PRACTICE_WEB_ADDRESS", "Address of the site", details.clean_web_address
)
USERNAME = Question(
    "admin_username",
    "DJANGO_SUPERUSER_USERNAME",
    "User name of the administrator",
    details.clean_username,
)
ADMIN_EMAIL = Question(
    "admin_email", "DJANGO_SUPERUSER_EMAIL", "E-mail address of the administrator", details.clean_email
)


class Command(BaseCommand):
    help = (
        "Make a new practice's own site on a database without one: its pages with starter words, settings, "
        "urgent help lines and first administrator. What is not said is taken from the environment, or asked "
        "on a terminal. A site that is there is left as it is."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        for question in (NAME, EMAIL, POSTAL_ADDRESS, NATION, WEB_ADDRESS, USERNAME, ADMIN_EMAIL):
            parser.add_argument(
                f"--{question.option.replace('_', '-')}", help=f"{question.words} ({question.variable})."
            )
        parser.add_argument(
            "--with",
            choices=["therapies"],
            action="append",
            default=[],
            dest="parts",
            help="Take the library of therapies, concerns and sources, as drafts for your clinician to sign.",
        )
        parser.add_argument(
            "--no-input",
            action="store_false",
            dest="may_ask",
            help="Ask nothing. The administrator's password is in DJANGO_SUPERUSER_PASSWORD.",
        )

    def handle(self, *args: Any, parts: list[str], may_ask: bool, **options: Any) -> None:
        try:
            if has_content():
                self._leave_as_it_is(options["name"] or NAME.from_environment())
                return
            answers = Answers(options, may_ask=may_ask and sys.stdin.isatty())
            practice, administrator = self._asked(answers)
            site = found_practice(practice, administrator, with_therapies="therapies" in parts)
        except NoAnswers as missing:
            raise CommandError(f"Nothing was made.\n{missing}") from None
        except (KeyboardInterrupt, EOFError):
            raise CommandError("\nStopped. Nothing was made.") from None
        except DatabaseError as error:
            raise CommandError(f"Nothing was made. Was `migrate` run? {error}") from error
        self.stdout.write(f"{practice.name} is made, at {site.root_url}/")
        self.stdout.write(
            f"Sign in at {settings.BASE_URL}/admin/: its home says what is missing before you open."
        )

    def _leave_as_it_is(self, name: str | None) -> None:
        present, address = present_site()
        if name and name.strip().casefold() != present.casefold():
            raise CommandError(
                f"This database holds a site already: {present}, at {address}/. Nothing was changed. "
                "Name an empty database in DATABASE_URL."
            )
        self.stdout.write(f"{present} is there already, at {address}/: nothing was changed.")

    def _asked(self, answers: Answers) -> tuple[PracticeDetails, Administrator | None]:
        name, email = answers.to(NAME), answers.to(EMAIL)
        postal_address, nation = answers.to(POSTAL_ADDRESS), answers.to(NATION)
        web_address = answers.to(WEB_ADDRESS, unless_said=settings.BASE_URL)
        administrator = self._administrator(answers)
        answers.check()
        return PracticeDetails(name, email, postal_address, nation, web_address), administrator

    def _administrator(self, answers: Answers) -> Administrator | None:
        """Return the first administrator, or None where there is one already."""
        people = get_user_model()
        if people.objects.filter(is_superuser=True, is_active=True).exists():
            return None
        username, email = answers.to(USERNAME), answers.to(ADMIN_EMAIL)
        password = answers.to(
            Question(
                "admin_password",
                "DJANGO_SUPERUSER_PASSWORD",
                "Password",
                partial(details.clean_password, username=username, email=email),
                is_secret=True,
            )
        )
        return Administrator(username, email, password)
