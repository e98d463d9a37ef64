"""What each role may keep on a fresh installation, before anyone has granted anything."""

import pytest
from django.contrib.auth.models import Group, User
from django.urls import reverse

RECORDS = {
    "therapies_reference": {"Editors", "Moderators"},
    "therapies_comparisondimension": {"Editors", "Moderators"},
    "home_glossaryterm": {"Editors", "Moderators"},
    "core_reviewer": {"Moderators"},
}


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["Editors", "Moderators", "Matching team"])
def test_each_role_has_its_records_and_their_menu(client, role):
    person = User.objects.create_user("person", "person@example.org", "secret")
    person.groups.add(Group.objects.get(name=role))
    client.force_login(person)
    open_to = {
        name for name in RECORDS if client.get(reverse(f"wagtailsnippets_{name}:add")).status_code == 200
    }
    assert open_to == {name for name, roles in RECORDS.items() if role in roles}
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    assert ("Facts" in home) == bool(open_to)
