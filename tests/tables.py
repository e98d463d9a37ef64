"""Which tables were asked: what is remembered until some of them change may ask no others."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import connection
from django.db.models import Model
from django.test.utils import CaptureQueriesContext


def names_of(models: Iterable[type[Model]]) -> frozenset[str]:
    return frozenset(model._meta.db_table for model in models)


@contextmanager
def tables_read() -> Iterator[set[str]]:
    """Yield the names of the tables, which are there in the end."""
    found: set[str] = set()
    with CaptureQueriesContext(connection) as queries:
        yield found
    for query in queries:
        found.update(re.findall(r'(?:FROM|JOIN) "(\w+)"', query["sql"]))
