"""The ways to narrow the inbox, and how many enquiries each holds."""

from collections.abc import Collection
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from therapists.enquiries.models import Enquiry, FollowUp


@dataclass(frozen=True, slots=True)
class Narrowing:
    #: In the address of the inbox.
    name: str
    label: str | Promise
    condition: Q


def narrowings(user: User) -> list[Narrowing]:
    """Return them for one member of the team, the widest last."""
    open_tasks = FollowUp.objects.filter(enquiry=OuterRef("pk"), done_at=None)
    unread = FollowUp.objects.unread_for_safety().filter(enquiry=OuterRef("pk"))
    active = Q(deadline__isnull=False)
    return [
        Narrowing("active", _("To do"), active),
        Narrowing("late", _("Late"), Q(deadline__lt=timezone.now())),
        Narrowing("safety", _("Safety checks"), Q(Exists(unread))),
        Narrowing("mine", _("Mine"), active & Q(owner=user)),
        Narrowing("my-tasks", _("Mine with a task"), Q(Exists(open_tasks)) & Q(owner=user)),
        Narrowing("tasks", _("With a task"), Q(Exists(open_tasks))),
        Narrowing("all", _("All"), Q()),
    ]


def counts(ways: Collection[Narrowing]) -> dict[str, int]:
    """Return how many enquiries each holds, by name. One query."""
    return Enquiry.objects.aggregate(**{way.name: Count("pk", filter=way.condition) for way in ways})
