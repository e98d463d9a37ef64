"""Every change of a second step is written down and told to the person: they may not have made it."""

from django.contrib.auth.models import User
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from home.second_factor.tasks import tell


class Change(models.TextChoices):
    """Names the action in Wagtail's log; the label is what the log shows."""

    ADDED = "second_factor.added", _("Second step of signing in added")
    REMOVED = "second_factor.removed", _("Second step of signing in removed")
    NEW_CODES = "second_factor.new_codes", _("New recovery codes made")


@transaction.atomic
def write_down(change: Change, person: User, by: User) -> None:
    log(person, change, user=by)
    tell.defer(person_id=person.pk, change=change)
