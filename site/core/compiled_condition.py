"""A condition that is long to build and compile, and asked in most queries: compiled once for the process."""

import re
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import BooleanField, Expression, F, QuerySet
from django.db.models.sql.compiler import SQLCompiler
from django.utils import timezone

#: Returns a queryset of which the WHERE clause is the condition, as it is at a moment.
type Rule = Callable[..., QuerySet[Any]]
#: Stands for the moment, and its date for the day, until the condition is asked.
ANY_MOMENT = datetime(2000, 1, 1, 12, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class _Compiled:
    """The pieces of the SQL before, between and after the columns of the row that is asked about."""

    pieces: tuple[str, ...]
    columns: tuple[str, ...]
    params: tuple[object, ...]


@cache
def _compile(rule: Rule, arguments: tuple[Hashable, ...]) -> _Compiled:
    queryset = rule(ANY_MOMENT, *arguments)
    compiler = queryset.query.get_compiler(connection=connection)
    compiler.setup_query()
    sql, params = compiler.compile(queryset.query.where)
    # Inner queries may stand in an outer one that has the same aliases for its own tables.
    sql = re.sub(r'"([A-Z]\d+)"', r'"inner_\1"', sql)
    table = queryset.model._meta.db_table
    pieces = re.split(rf'"{table}"\."(\w+)"', sql)
    fields = {field.column: field.name for field in queryset.model._meta.concrete_fields}
    columns = tuple(fields[column] for column in pieces[1::2])
    return _Compiled(tuple(pieces[::2]), columns, tuple(params))


class CompiledCondition(Expression):
    """Is true of the rows that a rule keeps. The rule may use its arguments, and no other state but settings.

    `rule(moment, *arguments)` is called once. Its model is that of the rows, or one that they inherit from.
    """

    conditional = True

    def __init__(self, rule: Rule, *arguments: Hashable) -> None:
        super().__init__(output_field=BooleanField())
        self.compiled = _compile(rule, arguments)
        self.set_source_expressions([F(column) for column in self.compiled.columns])

    def get_source_expressions(self) -> list[Any]:
        return self.columns

    def set_source_expressions(self, exprs: Sequence[Any]) -> None:
        self.columns = list(exprs)

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, tuple[Any, ...]]:
        first, *others = self.compiled.pieces
        columns = [compiler.compile(column)[0] for column in self.columns]
        sql = first + "".join(part for pair in zip(columns, others, strict=True) for part in pair)
        return sql, _at(timezone.now(), self.compiled.params)


def _at(moment: datetime, params: tuple[object, ...]) -> tuple[object, ...]:
    """Put the moment and its day where the rule had what stands for them."""
    day = timezone.localdate
    now: dict[object, object] = {ANY_MOMENT: moment, day(ANY_MOMENT): day(moment)}
    return tuple(now.get(value, value) if isinstance(value, date) else value for value in params)
