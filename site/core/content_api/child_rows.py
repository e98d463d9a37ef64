"""Child rows of several models, read with one query for all of them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.db.models import QuerySet, TextField, Value
from django.db.models.functions import Cast, JSONObject
from modelcluster.models import ClusterableModel


@dataclass(frozen=True)
class ChildRows:
    """Rows that owners have in a relation. They are given to their owners in the order of their model."""

    relation: str
    owners: Sequence[ClusterableModel]
    rows: QuerySet[Any]

    @property
    def field(self) -> Any:
        """The foreign key to the owner."""
        return self.owners[0]._meta.get_field(self.relation).field

    def query(self, place: int) -> QuerySet[Any]:
        columns = {
            field.attname: Cast(field.attname, TextField()) for field in self.rows.model._meta.concrete_fields
        }
        rows = self.rows.filter(**{f"{self.field.name}__in": [owner.pk for owner in self.owners]})
        return rows.order_by().values_list(Value(place), JSONObject(**columns))

    def give(self, rows: Sequence[Any]) -> None:
        of_owner = defaultdict(list)
        for row in sorted(rows, key=attrgetter(*self.rows.model._meta.ordering, "pk")):
            of_owner[getattr(row, self.field.attname)].append(row)
        for owner in self.owners:
            setattr(owner, self.relation, of_owner[owner.pk])


def read_together(asked: Sequence[ChildRows]) -> None:
    """Read the rows of all these relations. Their values come as text, and are read as forms read them."""
    asked = [children for children in asked if children.owners]
    if not asked:
        return
    first, *others = (children.query(place) for place, children in enumerate(asked))
    found = defaultdict(list)
    for place, stored in first.union(*others, all=True).order_by():
        rows = asked[place].rows
        values = {
            field.attname: field.to_python(stored[field.attname])
            for field in rows.model._meta.concrete_fields
        }
        found[place].append(rows.model.from_db(rows.db, values.keys(), values.values()))
    for place, children in enumerate(asked):
        children.give(found[place])
