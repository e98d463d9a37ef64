"""The logins of the demo, and the groups that give each its rights."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from demo.logins import LOGINS


def build_logins() -> None:
    for login in LOGINS:
        person, is_new = get_user_model().objects.update_or_create(
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
        if login.group:
            person.groups.add(Group.objects.get_or_create(name=login.group)[0])
