"""Who must have a second factor, by the setting REQUIRE_SECOND_FACTOR."""

from enum import StrEnum

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User


class Requirement(StrEnum):
    #: Superusers, and whoever has a permission that an app named by `require_second_factor_for`.
    SENSITIVE = "sensitive"
    EVERYONE = "everyone"
    NOBODY = "nobody"


#: Whoever changes accounts or groups could give themselves every permission.
_sensitive = {"auth.add_user", "auth.change_user", "auth.add_group", "auth.change_group"}


def require_second_factor_for(*permissions: str) -> None:
    """Require a second factor of whoever has one of these permissions. An app calls this in `ready()`."""
    _sensitive.update(permissions)


def must_have_second_factor(person: User | AnonymousUser) -> bool:
    match Requirement(settings.REQUIRE_SECOND_FACTOR):
        case Requirement.EVERYONE:
            return person.is_authenticated
        case Requirement.SENSITIVE:
            return person.is_superuser or any(person.has_perm(permission) for permission in _sensitive)
        case Requirement.NOBODY:
            return False
