"""Keys: the short names by which addresses and the API know a record."""

from typing import Any

from django.db import models

from core.models.page_addresses import slug_of

#: So that a year and a number still find room behind it.
LONGEST = 40


class KeyedRecord(models.Model):
    """A record with a key, which is made of its own words where nobody types one.

    A draft is saved while its words are typed, so the key follows them until the record was public once.
    From then on others may know it by its key: one that is emptied stays as it was.
    """

    key: "models.SlugField[str, str]"
    #: What the key is where the words have neither letters nor digits.
    key_without_words = "record"

    class Meta:
        abstract = True

    @property
    def words_of_key(self) -> str:
        raise NotImplementedError

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        self.key = self.key or self._public_key() or self._free_key()
        super().full_clean(*args, **kwargs)

    @property
    def _records(self) -> "models.QuerySet[Any]":
        return type(self)._default_manager.all()

    def _public_key(self) -> str:
        stored = self._records.filter(pk=self.pk).exclude(live=False, first_published_at=None)
        return stored.values_list("key", flat=True).first() or ""

    def _free_key(self) -> str:
        """Return the key that the words make, with a number where another record has it."""
        made = slug_of(self.words_of_key, LONGEST, without_words=self.key_without_words)
        others = self._records.exclude(pk=self.pk)
        taken = set(others.filter(key__startswith=made).values_list("key", flat=True))
        numbered = (f"{made}-{number}" for number in range(2, len(taken) + 3))
        return next(key for key in (made, *numbered) if key not in taken)
