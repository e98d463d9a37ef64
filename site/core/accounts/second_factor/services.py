"""Every change of a second step is written down and told to the person: they may not have made it."""

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from core.accounts.second_factor.tasks import tell


class Change(models.TextChoices):
    """Names the action in Wagtail's log; the label is what the log shows."""

    ADDED = "second_factor.added", _("Second step of signing in added")
    REMOVED = "second_factor.removed", _("Second step of signing in removed")
    NEW_CODES = "second_factor.new_codes", _("New recovery codes made")
    RESET = "second_factor.reset", _("Second step of signing in taken away by an administrator")


@transaction.atomic
def write_down(change: Change, person: User, by: User | None = None) -> None:
    """Within the admin, Wagtail knows who acts."""
    log(person, change, user=by)
    tell.defer(person_id=person.pk, change=change)


@transaction.atomic
def reset(person: User) -> bool:
    """For a lost phone. Sessions that it opened end with it. False where there was nothing to take away."""
    deleted, _per_model = Authenticator.objects.filter(user_id=person.pk).delete()
    if deleted:
        write_down(Change.RESET, person)
    return bool(deleted)
