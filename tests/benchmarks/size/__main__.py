"""`make bench-data SIZE=10000`: what visitors wait for in a practice of so many therapists and articles.

python -m tests.benchmarks.size --therapists 10000 --articles 10000 [--fresh]
"""

import argparse
import os

import django


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--therapists", type=int, default=10_000)
    arguments.add_argument("--articles", type=int, default=10_000)
    arguments.add_argument("--fresh", action="store_true", help="make the database anew")
    chosen = arguments.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    django.setup()
    # The settings start the server of the databases. The entry point says how garbage is looked for.
    import config.wsgi  # noqa: F401
    from tests.benchmarks.size.measuring import measured
    from tests.benchmarks.size.stored import grown_database

    with grown_database(chosen.therapists, chosen.articles, fresh=chosen.fresh):
        for line in measured():
            print(line)


if __name__ == "__main__":
    main()
