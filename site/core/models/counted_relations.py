from collections.abc import Iterator
from typing import Any

from django.db.models import Model
from modelcluster.fields import ParentalManyToManyField


class CountedManyToManyField(ParentalManyToManyField):
    """A relation that Wagtail's index of references counts. It passes over others (wagtail issue 9629)."""

    def extract_references(self, records: list[Model]) -> Iterator[tuple[type[Model], str, str, str]]:
        for record in records:
            yield type(record), str(record.pk), "item", str(record.pk)

    def deconstruct(self) -> Any:
        """Stay Wagtail's own for migrations: the columns are the same."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "modelcluster.fields.ParentalManyToManyField", args, kwargs
