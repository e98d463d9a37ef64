"""Who must have a second step, by the setting REQUIRE_SECOND_FACTOR."""

from enum import StrEnum

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User


class Requirement(StrEnum):
    #: Administrators, and whoever may read what is told in confidence.
    SENSITIVE = "sensitive"
    EVERYONE = "everyone"
    NOBODY = "nobody"


#: Whoever changes accounts or groups could give themselves every other right.
_sensitive = {"auth.add_user", "auth.change_user", "auth.add_group", "auth.change_group"}


def make_sensitive(*permissions: str) -> None:
    """For the rooms above, in `ready()`: with one of these permissions comes a second step."""
    _sensitive.update(permissions)


def must_have_second_factor(person: User | AnonymousUser) -> bool:
    match Requirement(settings.REQUIRE_SECOND_FACTOR):
        case Requirement.EVERYONE:
            return person.is_authenticated
        case Requirement.SENSITIVE:
            return person.is_superuser or any(person.has_perm(permission) for permission in _sensitive)
        case Requirement.NOBODY:
            return False
