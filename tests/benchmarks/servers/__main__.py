"""`make bench-servers`: gunicorn as it is shipped, held against others that could run the site.

python -m tests.benchmarks.servers [--without-memory]
"""

import argparse
import os
import tempfile
from pathlib import Path

import django


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--without-memory", action="store_true", help="leave out the longest trial")
    chosen = arguments.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    django.setup()
    # The settings start the server of the databases.
    from tests.benchmarks.servers.candidates import candidates
    from tests.benchmarks.servers.report import reports

    with tempfile.TemporaryDirectory() as folder, candidates(Path(folder)) as all_of_them:
        for lines in reports(all_of_them, with_memory=not chosen.without_memory):
            print(lines, flush=True)


if __name__ == "__main__":
    main()
