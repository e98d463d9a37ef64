"""`make bench`: answers a second, held against bakerydemo, the least of Django, and files on disk.

python -m tests.benchmarks.serving [--quick] [--peer PATH]
"""

import argparse
import os
import tempfile
from pathlib import Path

import django


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--quick", action="store_true", help="one short round, of four rows")
    arguments.add_argument("--peer", type=Path, help="a checkout of bakerydemo with a .venv of its own")
    chosen = arguments.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    django.setup()
    # The settings start the server of the databases.
    from tests.benchmarks.serving.addresses import QUICK, ROWS
    from tests.benchmarks.serving.measuring import Plan, measure_all
    from tests.benchmarks.serving.report import report
    from tests.benchmarks.serving.servers import servers

    plan = Plan(QUICK, rounds=1, seconds=3) if chosen.quick else Plan(ROWS, rounds=3, seconds=5)
    with tempfile.TemporaryDirectory() as folder, servers(Path(folder), chosen.peer) as started:
        print(report(measure_all(plan, started)))


if __name__ == "__main__":
    main()
