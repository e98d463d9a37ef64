"""Wagtail's PostgreSQL search backend, changed so that pages saved at the same time cannot deadlock."""

from django.db import transaction
from django.db.models import Avg, F
from django.db.models.functions import Length
from modelsearch.backends.database.postgres.postgres import PostgresIndex, PostgresSearchBackend


class NonBlockingIndex(PostgresIndex):
    def _refresh_title_norms(self, full: bool = False) -> None:
        """Set the weight of new titles, except those that another transaction has locked and will set itself.

        The library updates every row that has the default weight, those of others among them. Two
        transactions that wait for each other's row are a deadlock, and one of the two pages is not saved.
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
    index_class = NonBlockingIndex
