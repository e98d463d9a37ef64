"""The users of the demo, and the permissions of their groups."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission

from demo.builder.content_files import ContentError
from demo.logins import LOGINS

#: The models that each group may add to, change and delete, as "app.model"; rights over pages are Wagtail's.
RECORDS = {
    "Editors": ["therapies.reference", "therapies.comparisondimension", "home.glossaryterm"],
    "Moderators": [
        "therapies.reference",
        "therapies.comparisondimension",
        "home.glossaryterm",
        "core.reviewer",
    ],
}


def build_groups() -> None:
    """Give Wagtail's own two groups their permissions. Other groups come with their apps' migrations."""
    for name, kinds in RECORDS.items():
        group = Group.objects.get(name=name)
        for kind in kinds:
            app, model = kind.split(".")
            permissions = Permission.objects.filter(content_type__app_label=app, content_type__model=model)
            if not permissions:
                raise ContentError(f"There is no model {kind} that {name} could change")
            group.permissions.add(*permissions)


def build_logins() -> None:
    """Create the logins that are missing. Whatever somebody changed in the demo stays."""
    for login in LOGINS:
        person, is_new = get_user_model().objects.get_or_create(
            username=login.username,
            defaults={
                "first_name": login.first_name,
                "email": f"{login.username}@example.org",
                "is_superuser": login.is_superuser,
                "is_staff": login.is_superuser,
            },
        )
        if is_new:
            person.set_password(login.password)
            person.save()
            person.groups.set(Group.objects.filter(name=login.group))
