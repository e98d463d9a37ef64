"""Wagtail's search in PostgreSQL, where editors who save at one moment do not stand in each other's way."""

from django.db import transaction
from django.db.models import Avg, F
from django.db.models.functions import Length
from modelsearch.backends.database.postgres.postgres import PostgresIndex, PostgresSearchBackend


class UnblockedIndex(PostgresIndex):
    def _refresh_title_norms(self, full: bool = False) -> None:
        """Weigh the new titles, but none that somebody else is writing: they weigh it themselves.

        The library takes every row of the average weight, those of others among them. Two transactions that
        wait for each other's row are a deadlock, and one of the two pages is not saved.
        """
        if full:
            super()._refresh_title_norms(full=True)
            return
        with transaction.atomic(using=self.write_connection.alias):
            unweighed = self.entries.filter(title_norm=1.0).select_for_update(skip_locked=True)
            free = list(unweighed.values_list("pk", flat=True))
            titles = self.entries.annotate(length=Length("title")).filter(length__gt=0)
            average = titles.aggregate(average=Avg("length"))["average"]
            titles.filter(pk__in=free).update(title_norm=average / F("length"))


class SearchBackend(PostgresSearchBackend):
    index_class = UnblockedIndex
