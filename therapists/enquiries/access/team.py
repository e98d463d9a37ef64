"""Who may read enquiries: the Matching team, and who joined or left it.

No superuser is on the team, whatever their groups: they break glass, and it is logged.
"""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser, User
from django.db import transaction
from django.db.models import Q, QuerySet

from home.models import PracticeSettings
from therapists.enquiries.mail.queue import queue_message
from therapists.enquiries.models import MessageKind, TeamChange

MATCHING_TEAM = "Matching team"
#: So that one is there when another is ill.
SMALLEST_TEAM = 2
_HANDLES = {"codename": "handle_enquiry", "content_type__app_label": "enquiries"}


def team_members() -> QuerySet[User]:
    """Return those to whom the permission was given, themselves or through a group; never a superuser."""
    by_group = {f"groups__permissions__{name}": value for name, value in _HANDLES.items()}
    by_name = {f"user_permissions__{name}": value for name, value in _HANDLES.items()}
    people = get_user_model().objects.filter(is_active=True, is_superuser=False)
    return people.filter(Q(**by_group) | Q(**by_name)).distinct()


def reaches_somebody() -> bool:
    """Return whether an enquiry would be heard of: by two people, and at an address of the practice."""
    has_address = PracticeSettings.objects.filter(site__is_default_site=True).exclude(
        enquiries_email="", contact_email=""
    )
    return team_members()[:SMALLEST_TEAM].count() == SMALLEST_TEAM and has_address.exists()


def may_handle(user: User | AnonymousUser) -> bool:
    """Ask the permission tables: `has_perm` says yes to every superuser."""
    return user.is_authenticated and team_members().filter(pk=user.pk).exists()


def may_break_glass(user: User | AnonymousUser) -> bool:
    return user.is_active and user.is_superuser


def _recorded_team() -> dict[int, str]:
    """Return the names of those whose latest change is that they joined, by key of the account."""
    latest = TeamChange.objects.order_by("person", "-noticed_at", "-pk").distinct("person")
    return {change.person_id: change.name for change in latest if change.kind == TeamChange.Kind.JOINED}


@transaction.atomic
def record_team_changes(by: User | None = None) -> list[TeamChange]:
    """Compare the team of now with the recorded one, and record who joined or left, however that came about.

    An e-mail tells the team, but not of its first members: there was nobody to tell.
    """
    before = _recorded_team()
    now = {person.pk: person.get_username() for person in team_members()}
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
