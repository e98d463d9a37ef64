"""Whether records can be deleted, asked before it is tried: a foreign key may protect what it leads to."""

from collections.abc import Iterable

from django.contrib.auth import get_user_model
from django.db import router
from django.db.models import Model, ProtectedError, QuerySet, RestrictedError
from django.db.models.deletion import Collector
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from wagtail.models import Page

#: Raised where a record is to be deleted that others need.
NEEDED_ELSEWHERE = (ProtectedError, RestrictedError)


def is_needed_elsewhere(record: Model) -> bool:
    """Return whether the database would refuse to delete it, with all that would go with it."""
    records = _goes_with(record)
    try:
        Collector(using=router.db_for_write(records.model), origin=record).collect(records)
    except NEEDED_ELSEWHERE:
        return True
    return False


def _goes_with(record: Model) -> QuerySet:
    """Return the record; of a page, also those below it, which no foreign key leads to."""
    if isinstance(record, Page):
        return Page.objects.descendant_of(record, inclusive=True)
    return type(record)._base_manager.filter(pk=record.pk)


def why_not_deleted(records: Iterable[Model]) -> str:
    """Return in words that these were not deleted, and what to do instead. No other record is named."""
    names = ", ".join(f"“{record}”" for record in records)
    advice = dict.fromkeys(str(_instead(record)) for record in records)
    refusal = _("Nothing was deleted: the records of the practice need %(names)s.") % {"names": names}
    return " ".join([refusal, *filter(None, advice)])


def _instead(record: Model) -> str | Promise:
    if isinstance(record, get_user_model()):
        return _("Make the account inactive instead.")
    if isinstance(record, Page):
        return getattr(record.specific, "instead_of_deleting", _("Unpublish it instead."))
    return ""
