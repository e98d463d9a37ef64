"""What each role may keep on a fresh installation, before anyone has granted anything."""

import os
from urllib.parse import urlsplit

import psycopg
import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
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


GRANTED = """
    SELECT g.name, p.codename, '' FROM auth_group g
        JOIN auth_group_permissions gp ON gp.group_id = g.id JOIN auth_permission p ON p.id = gp.permission_id
    UNION SELECT g.name, p.codename, page.path FROM auth_group g
        JOIN wagtailcore_grouppagepermission gp ON gp.group_id = g.id
        JOIN auth_permission p ON p.id = gp.permission_id JOIN wagtailcore_page page ON page.id = gp.page_id
    UNION SELECT w.name, w.active::text, page.path FROM wagtailcore_workflow w
        JOIN wagtailcore_workflowpage wp ON wp.workflow_id = w.id
        JOIN wagtailcore_page page ON page.id = wp.page_id
    ORDER BY 1, 2, 3
"""


@pytest.mark.django_db
def test_the_demo_gives_no_role_more_than_every_installation_does(demo_template):
    with connection.cursor() as cursor:
        cursor.execute(GRANTED)
        of_every_installation = cursor.fetchall()
    address = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{demo_template}").geturl()
    with psycopg.connect(address) as demo:
        assert demo.execute(GRANTED).fetchall() == of_every_installation
    assert len(of_every_installation) > 30
