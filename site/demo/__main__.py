"""What `make demo` runs: a database, the demo content, the site and its worker, until stopped."""

import sys

from config.embedded_database import ensure_database_url
from demo.logins import LOGINS
from local_server.serving import MANAGE, serve
from local_server.supervisor import Supervisor


def main() -> int:
    return serve(
        settings="config.settings.demo",
        command="make demo",
        start_database=ensure_database_url,
        prepare=_prepare,
        welcome=_welcome,
    )


def _prepare(supervisor: Supervisor) -> None:
    supervisor.run("The preparation of the database", [*MANAGE, "prepare_demo"])


def _welcome(address: str) -> None:
    print(
        f"\nThe site is ready.\n\n"
        f"  Site     {address}/\n"
        f"  Admin    {address}/admin/\n"
        f"  Mailbox  {address}/mailbox/\n"
        f"  API      {address}/api/v2/pages/\n"
        f"\nLogins, for this demo only:\n"
    )
    for login in LOGINS:
        print(f"  {login.username:<10} {login.password:<20} {login.role}")
    print("\nCtrl-C stops everything. What you change is kept.")


if __name__ == "__main__":
    sys.exit(main())
