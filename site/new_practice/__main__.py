"""What `make practice` runs: a database, an owner's own site, made where there is none, and its worker."""

import os
import sys
from functools import partial

import psycopg

from config.embedded_database import ensure_database_url
from local_server.serving import MANAGE, serve
from local_server.supervisor import Supervisor


def main(arguments: list[str]) -> int:
    return serve(
        settings="config.settings.local",
        command="make practice",
        start_database=ensure_database_url,
        prepare=partial(_prepare, arguments),
        welcome=_welcome,
    )


def _prepare(arguments: list[str], supervisor: Supervisor) -> None:
    supervisor.run("Making the practice", [*MANAGE, "prepare_practice", *arguments], may_ask=True)
    os.environ.setdefault("WAGTAIL_SITE_NAME", _name())


def _name() -> str:
    """Return the practice's name, which the admin and the pages of errors show."""
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        row = connection.execute(
            "SELECT site_name FROM wagtailcore_site WHERE is_default_site AND site_name <> ''"
        ).fetchone()
    return row[0] if row else "Our practice"


def _welcome(address: str) -> None:
    print(
        f"\nThe site is ready.\n\n"
        f"  Site     {address}/\n"
        f"  Admin    {address}/admin/    sign in here: its home says what is missing before you open\n"
        f"  Mailbox  {address}/mailbox/  e-mails stay here until EMAIL_HOST names a server that sends them\n"
        "\nCtrl-C stops everything. What you change is kept."
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
