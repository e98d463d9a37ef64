"""`make bench-matching`: the table and the plot."""

import os

import django


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    django.setup()
    # The practice speaks the words of the models, which can be read only now.
    from tests.benchmarks.matching.table import print_all

    print_all()


if __name__ == "__main__":
    main()
