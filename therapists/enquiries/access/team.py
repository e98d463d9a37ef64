"""Who joined or left the Matching team: noticed whichever way it came about, written down, and told."""

from django.contrib.auth.models import User
from django.db import transaction

from therapists.enquiries.access.roles import handlers
from therapists.enquiries.mail.queue import queue_message
from therapists.enquiries.models import MessageKind, TeamChange


def team_as_written_down() -> dict[int, str]:
    """The names of those who joined last, by key of the account."""
    latest = TeamChange.objects.order_by("person", "-noticed_at", "-pk").distinct("person")
    return {change.person_id: change.name for change in latest if change.kind == TeamChange.Kind.JOINED}


@transaction.atomic
def write_down_team_changes(by: User | None = None) -> list[TeamChange]:
    """Compare those who may read enquiries now with what is written down, and add what is missing.

    The team is told by e-mail, but for the very first: there was nobody to tell.
    """
    before = team_as_written_down()
    now = {person.pk: person.get_username() for person in handlers()}
    joined = [(TeamChange.Kind.JOINED, key, now[key]) for key in now.keys() - before.keys()]
    left = [(TeamChange.Kind.LEFT, key, before[key]) for key in before.keys() - now.keys()]
    changes = TeamChange.objects.bulk_create(
        TeamChange(
            kind=kind,
            person_id=key,
            name=name,
            made_by=by,
            made_by_name=by.get_username() if by else "",
        )
        for kind, key, name in [*joined, *left]
    )
    if changes and before:
        queue_message(None, MessageKind.TEAM_CHANGED)
    return changes
