"""Who may read enquiries. No superuser, whatever their groups: they break glass, and it is logged."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Q, QuerySet

MATCHING_TEAM = "Matching team"
_HANDLES = {"codename": "handle_enquiry", "content_type__app_label": "enquiries"}


def handlers() -> QuerySet[User]:
    """The people to whom the permission was given, themselves or through a group. Never an administrator."""
    by_group = {f"groups__permissions__{name}": value for name, value in _HANDLES.items()}
    by_name = {f"user_permissions__{name}": value for name, value in _HANDLES.items()}
    people = get_user_model().objects.filter(is_active=True, is_superuser=False)
    return people.filter(Q(**by_group) | Q(**by_name)).distinct()


def may_handle(user: User | AnonymousUser) -> bool:
    """Asks the permission tables: `has_perm` says yes to every superuser."""
    return user.is_authenticated and handlers().filter(pk=user.pk).exists()


def may_break_glass(user: User | AnonymousUser) -> bool:
    return user.is_active and user.is_superuser
