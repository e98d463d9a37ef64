"""The database of a size: made once, and kept for the next run."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management import call_command

from tests import databases
from tests.benchmarks.size.growing import grow


@contextmanager
def grown_database(therapists: int, articles: int, *, fresh: bool) -> Iterator[None]:
    """Lead to a migrated database with the sample and so many pages more, made now if it is not there."""
    name, sample = f"bench_size_{therapists}_{articles}", databases.with_demo()  # with its pictures
    if fresh:
        databases.drop(name)
    if not databases.exists(name):
        unfinished = f"{name}_unfinished"
        databases.copy(sample, unfinished)
        with databases.using(unfinished):
            grow(therapists, articles)
        databases.rename(unfinished, name)
    with databases.using(name):
        call_command("migrate", verbosity=0, interactive=False)
        yield
