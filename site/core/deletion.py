"""Whether records can be deleted, asked before it is tried: a foreign key may protect what it leads to."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db import router
from django.db.models import Model, ProtectedError, QuerySet, RestrictedError
from django.db.models.deletion import Collector
from django.db.models.signals import pre_delete
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from wagtail.models import Page

#: Raised where a record is to be deleted that others need.
NEEDED_ELSEWHERE = (ProtectedError, RestrictedError)


@dataclass(frozen=True, slots=True)
class Instead:
    """What to do in place of deleting, in a sentence, and the page of the admin where it is done."""

    words: str | Promise
    address: str = ""
    link: str | Promise = ""


@dataclass(frozen=True, slots=True)
class _Keeper:
    is_needed: Callable[[Any], bool]
    instead: Callable[[Any], Instead]


_keepers: dict[type[Model], _Keeper] = {}


def keep_while_needed[Record: Model](
    model: type[Record], is_needed: Callable[[Record], bool], instead: Callable[[Record], Instead]
) -> None:
    """Keep records to which no foreign key of those that need them leads, as one would that protects them."""
    _keepers[model] = _Keeper(is_needed, instead)
    pre_delete.connect(_refuse, sender=model)


def _refuse(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    if _keepers[sender].is_needed(instance):
        raise ProtectedError("Other records need it.", {instance})


def is_needed_elsewhere(record: Model) -> bool:
    """Return whether the database would refuse to delete it, with all that would go with it."""
    keeper = _keepers.get(type(record))
    if keeper and keeper.is_needed(record):
        return True
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
    records = list(records)
    names = ", ".join(f"“{record}”" for record in records)
    advice = dict.fromkeys(str(instead.words) for record in records if (instead := instead_of(record)))
    refusal = _("Nothing was deleted: the records of the practice need %(names)s.") % {"names": names}
    return " ".join([refusal, *advice])


def instead_of(record: Model) -> Instead | None:
    """Return what to do with a record that is needed; None where there is nothing but to leave it."""
    if keeper := _keepers.get(type(record)):
        return keeper.instead(record)
    if isinstance(record, get_user_model()):
        edit = reverse("wagtailusers_users:edit", args=[record.pk])
        return Instead(_("Make the account inactive instead."), edit, _("The account"))
    if isinstance(record, Page):
        unpublish = reverse("wagtailadmin_pages:unpublish", args=[record.pk])
        usual = Instead(_("Unpublish it instead."), unpublish, _("Unpublish it"))
        own: Callable[[], Instead] | None = getattr(record.specific, "instead_of_deleting", None)
        return own() if own else usual
    return None
