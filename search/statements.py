"""Asks the database what is written in SQL."""

from collections.abc import Iterable
from typing import Any

from django.db import connection


def rows(statement: str, **values: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def as_array(ids: Iterable[int]) -> str:
    """Return numbers as PostgreSQL reads them: psycopg takes ten times as long to write thousands."""
    return f"{{{','.join(map(str, ids))}}}"
