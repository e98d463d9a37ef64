"""Record each change of a second factor and notify its owner, who may not have made it."""

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from core.accounts.second_factor.tasks import notify


class SecondFactorChange(models.TextChoices):
    """Actions of Wagtail's log. The label is what the log shows."""

    ADDED = "second_factor.added", _("Second step of signing in added")
    REMOVED = "second_factor.removed", _("Second step of signing in removed")
    NEW_CODES = "second_factor.new_codes", _("New recovery codes made")
    RESET = "second_factor.reset", _("Second step of signing in taken away by an administrator")


@transaction.atomic
def record_change(change: SecondFactorChange, person: User, by: User | None = None) -> None:
    """Log the change and queue an e-mail. Without `by`, Wagtail logs the user who is active in the admin."""
    log(person, change, user=by)
    notify.defer(person_id=person.pk, change=change)


@transaction.atomic
def reset(person: User) -> bool:
    """Delete all factors, which ends the sessions they opened. Return False where there were none."""
    deleted, _per_model = Authenticator.objects.filter(user_id=person.pk).delete()
    if deleted:
        record_change(SecondFactorChange.RESET, person)
    return bool(deleted)
