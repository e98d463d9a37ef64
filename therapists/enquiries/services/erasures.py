"""What was erased, kept outside the database: a restored backup holds it again, and it is erased there again.

Kept is an empty file for each enquiry. Its name is the day in UTC, the id of one of the site's keys, and a
digest of the enquiry's primary key made with that. Nothing in it leads to a person, or to what they told.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from core.encryption.digests import keyed_digest
from core.encryption.keyring import keyring
from therapists.enquiries.models import Enquiry

STORAGE = "erasures"
PURPOSE = "erased enquiry"
NAME = re.compile(r"(\d{4}-\d\d-\d\d)\.([A-Za-z0-9_-]+)\.([0-9a-f]{64})")
#: Longer than any backup should be.
KEPT_FOR = timedelta(days=400)


class CannotTell(Exception):
    """A key is missing, with which some of what was erased was written down."""


@dataclass(frozen=True)
class Erasure:
    day: date
    key_id: str
    digest: str

    @property
    def name(self) -> str:
        return f"{self.day.isoformat()}.{self.key_id}.{self.digest}"


@app.task(name="enquiries.keep_erasure", queue="upkeep", retry=RetryStrategy(wait=60))
def keep_erasure(name: str) -> None:
    """Write it down, and try each minute until that is done."""
    if not storages[STORAGE].exists(name):
        storages[STORAGE].save(name, ContentFile(b""))


def remember(enquiry: Enquiry) -> None:
    """Have it written down that this is erased. The job belongs to the caller's transaction."""
    key_id = keyring().current_id
    erasure = Erasure(timezone.now().date(), key_id, _digest(enquiry.pk, key_id))
    keep_erasure.defer(name=erasure.name)


def erased_since(day: date) -> list[UUID]:
    """Return the enquiries that are there, and were erased on that day or later. Raise CannotTell."""
    since = [erasure for erasure in _kept() if erasure.day >= day]
    key_ids = {erasure.key_id for erasure in since}
    if missing := key_ids - set(keyring().keys):
        raise CannotTell(", ".join(sorted(missing)))
    digests = {erasure.digest for erasure in since}
    enquiries = Enquiry.objects.values_list("pk", flat=True)
    return [key for key in enquiries if any(_digest(key, key_id) in digests for key_id in key_ids)]


def any_is_noted() -> bool:
    return any(_kept())


def forget_old() -> None:
    """Delete what no backup is old enough to hold."""
    oldest = timezone.now().date() - KEPT_FOR
    for erasure in list(_kept()):
        if erasure.day < oldest:
            storages[STORAGE].delete(erasure.name)


def _digest(enquiry_id: UUID, key_id: str) -> str:
    return keyed_digest(PURPOSE, str(enquiry_id), key_id, keyring())


def _kept() -> Iterator[Erasure]:
    try:
        _folders, names = storages[STORAGE].listdir("")
    except FileNotFoundError:  # nothing was ever erased
        return
    for name in names:
        # Other files may have come beside them, such as those that file managers leave.
        if noted := NAME.fullmatch(name):
            yield Erasure(date.fromisoformat(noted[1]), noted[2], noted[3])
