"""The users of the demo. What their groups may do comes with the migrations."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from core.models import Reviewer
from demo.logins import LOGINS
from therapists.enquiries.models import EnquirySettings


def build_logins() -> None:
    """Create the logins that are missing. Whatever somebody changed in the demo stays."""
    for login in LOGINS:
        person, is_new = get_user_model().objects.get_or_create(
            username=login.username,
            defaults={
                "first_name": login.first_name,
                "last_name": login.last_name,
                "email": f"{login.username}@example.org",
                "is_superuser": login.is_superuser,
                "is_staff": login.is_superuser,
            },
        )
        if is_new:
            person.set_password(login.password)
            person.save()
            person.groups.set(Group.objects.filter(name=login.group))
            Reviewer.objects.filter(name=login.reviewer, account=None).update(account=person)
    if not EnquirySettings.objects.exists():
        # Whoever tries the demo follows one enquiry with one login.
        EnquirySettings.objects.create(duty_owner=get_user_model().objects.get(username="matcher"))
