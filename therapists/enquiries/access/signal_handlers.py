"""Record changes of the Matching team after whatever may cause one: groups, permissions and accounts."""

from collections.abc import Collection
from functools import partial
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, User
from django.db import transaction
from django.db.models.signals import m2m_changed, post_delete, post_save
from wagtail.log_actions import get_active_log_context

from therapists.enquiries.access.team import record_team_changes

#: The fields of an account on which it depends whether its groups and permissions count.
DECISIVE = {"is_active", "is_superuser"}


def watch_team() -> None:
    """Connect the signals. A task finds what sends none, such as a change in the database itself."""
    user_model = get_user_model()
    for through in (
        user_model.groups.through,
        user_model.user_permissions.through,
        Group.permissions.through,
    ):
        m2m_changed.connect(_links_changed, sender=through)
    post_save.connect(_account_saved, sender=user_model)
    for model in (user_model, Group):
        post_delete.connect(_deleted, sender=model)


def _links_changed(action: str, **kwargs: Any) -> None:
    if action.startswith("post_"):
        _record_on_commit()


def _account_saved(created: bool, update_fields: Collection[str] | None, **kwargs: Any) -> None:
    """A new account has no groups yet. Logging in saves accounts as well."""
    if not created and (update_fields is None or DECISIVE.intersection(update_fields)):
        _record_on_commit()


def _deleted(**kwargs: Any) -> None:
    _record_on_commit()


def _record_on_commit() -> None:
    """Compare once the transaction is done: saving a group takes permissions away for a moment."""
    user = get_active_log_context().user
    by = user if isinstance(user, User) else None
    transaction.on_commit(partial(record_team_changes, by))
