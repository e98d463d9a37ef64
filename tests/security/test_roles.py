"""What each role may keep on a fresh installation, before anyone has granted anything."""

import os
from urllib.parse import urlsplit

import psycopg
import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, User
from django.db import connection
from django.urls import reverse
from wagtail.contrib.settings.models import BaseSiteSetting
from wagtail.contrib.settings.registry import registry as settings_registry
from wagtail.models import Site

from tests.factories.home import InfoPageFactory, make_site
from tests.factories.therapies import ConcernIndexPageFactory, TherapyIndexPageFactory
from tests.factories.therapists import TherapistIndexPageFactory, TherapistPageFactory
from therapists.models import TherapistPage

KEEPERS_OF_FACTS = {"Content editor", "Moderators", "Administrator"}
RECORDS = {
    "therapies_reference": KEEPERS_OF_FACTS,
    "therapies_comparisondimension": KEEPERS_OF_FACTS,
    "home_glossaryterm": KEEPERS_OF_FACTS,
    "core_reviewer": {"Moderators", "Administrator"},
}


@pytest.mark.guide(
    "Moderators: They keep reviewers",
    "The points of comparison themselves, sources and explained words are under Facts in the menu.",
    "Moderators keep the reviewers there, too.",
)
@pytest.mark.django_db
@pytest.mark.parametrize(
    "role",
    [
        "Content editor",
        "Moderators",
        "Matching team",
        "Profile manager",
        "Clinical reviewer",
        "Administrator",
    ],
)
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
    UNION SELECT g.name, p.codename, kind.model FROM auth_group g
        JOIN wagtailcore_grouppagepermission gp ON gp.group_id = g.id
        JOIN auth_permission p ON p.id = gp.permission_id JOIN wagtailcore_page page ON page.id = gp.page_id
        JOIN django_content_type kind ON kind.id = page.content_type_id
    UNION SELECT w.name, w.active::text, kind.model FROM wagtailcore_workflow w
        JOIN wagtailcore_workflowpage wp ON wp.workflow_id = w.id
        JOIN wagtailcore_page page ON page.id = wp.page_id
        JOIN django_content_type kind ON kind.id = page.content_type_id
    ORDER BY 1, 2, 3
"""


@pytest.mark.django_db
def test_the_demo_gives_no_role_more_than_every_installation_does(demo_template):
    home = make_site()
    for listing in (TherapistIndexPageFactory, TherapyIndexPageFactory, ConcernIndexPageFactory):
        listing(parent=home)  # on it, roles have rights of their own, or a workflow
    with connection.cursor() as cursor:
        cursor.execute(GRANTED)
        of_every_installation = cursor.fetchall()
    address = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{demo_template}").geturl()
    with psycopg.connect(address) as demo:
        assert demo.execute(GRANTED).fetchall() == of_every_installation
    assert len(of_every_installation) > 30


PEOPLE = (
    "Content editor",
    "Moderators",
    "Clinical reviewer",
    "Profile manager",
    "Matching team",
    "Administrator",
)

#: Who finds which page of the admin, by the name of its address.
OPEN_TO = {
    "private-records:index": {"Profile manager"},
    "diaries:index": {"Content editor", "Moderators", "Profile manager", "Administrator"},
    "departures:index": {"Moderators", "Profile manager", "Administrator"},
    "enquiries_admin:inbox": {"Matching team"},
    "break_glass_list": set(),
    "wagtailusers_users:index": {"Administrator"},
    "wagtailusers_groups:index": {"Administrator"},
    "wagtailsites:index": {"Administrator"},
    "wagtailredirects:index": {"Administrator"},
    "webhook-endpoints:index": {"Administrator"},
    "practice-in-languages:index": {"Moderators", "Administrator"},
    "urgent-help-in-languages:index": {"Moderators", "Administrator"},
    "navigation-in-languages:index": {"Moderators", "Administrator"},
    "points-of-comparison-in-languages:index": {"Moderators", "Administrator"},
    "enquiries-in-languages:index": {"Moderators", "Administrator"},
    "wagtailadmin_workflows:index": {"Administrator"},
    "wagtailimages:index": {"Content editor", "Moderators", "Profile manager", "Administrator"},
}


def someone_of(role):
    person = User.objects.create_user(role, f"{role.split()[0]}@example.org", "secret")
    person.groups.add(Group.objects.get(name=role))
    return person


@pytest.mark.guide(
    "Administrator: settings, accounts, every page, and webhooks",
    "Superusers: They alone open an enquiry of others, with a reason (Reports → Open an enquiry), which is "
    "kept, and which the team is told",
    "What every page shows, such as help lines, opening hours and links at the top and foot, has its words "
    "in other languages under Settings → Urgent help, Practice, Navigation, Enquiries and Points of "
    "comparison in other languages, kept by moderators and administrators.",
    "For the Matching team, under Enquiries.",
)
@pytest.mark.django_db
@pytest.mark.parametrize("role", PEOPLE)
def test_each_role_finds_its_own_pages_of_the_admin_and_no_others(client, role):
    client.force_login(someone_of(role))
    answers = {name: client.get(reverse(name)).status_code for name in OPEN_TO}
    assert {name for name, status in answers.items() if status == 200} == {
        name for name, roles in OPEN_TO.items() if role in roles
    }


@pytest.mark.guide(
    "Profile manager: keeps the profiles of the directory, diaries and private records, and publishes "
    "profiles; no other page",
)
@pytest.mark.django_db
def test_a_profile_manager_keeps_many_profiles_at_once_and_no_other_page(client, search_index):
    home = make_site()
    directory = TherapistIndexPageFactory(parent=home, slug="therapists")
    people = [TherapistPageFactory(parent=directory, live=True) for _number in range(2)]
    information = InfoPageFactory(parent=home)
    client.force_login(someone_of("Profile manager"))
    private = {"therapist": people[0].pk, "offer_email": "someone@example.org"}
    assert client.post(reverse("private-records:add"), private).status_code == 302
    assert client.get(reverse("wagtailadmin_pages:edit", args=[people[0].pk])).status_code == 200
    assert client.get(reverse("wagtailadmin_pages:add_subpage", args=[directory.pk])).status_code in (
        200,
        302,
    )
    assert client.get(reverse("wagtailadmin_pages:edit", args=[information.pk])).status_code == 302
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"])
    client.post(f"{bulk}?id={people[0].pk}&id={people[1].pk}&id={information.pk}&next=/admin/")
    assert not TherapistPage.objects.filter(live=True).exists()
    publish = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    client.post(f"{publish}?id={people[0].pk}&id={people[1].pk}&next=/admin/")
    assert TherapistPage.objects.filter(live=True).count() == 2
    information.refresh_from_db()
    assert information.live


@pytest.mark.guide("Administrator: settings, accounts, every page, and webhooks")
@pytest.mark.django_db
def test_an_administrator_keeps_the_settings_and_every_page(client):
    home = make_site()
    lists = [
        factory(parent=home)
        for factory in (TherapyIndexPageFactory, ConcernIndexPageFactory, TherapistIndexPageFactory)
    ]
    person = someone_of("Administrator")
    client.force_login(person)
    for page in (home, InfoPageFactory(parent=home), *lists, TherapistPageFactory(parent=lists[-1])):
        assert page.permissions_for_user(person).can_publish(), page
        assert client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200
    site = Site.objects.get()
    for kind in settings_registry:
        of_the_site = [site.pk] if issubclass(kind, BaseSiteSetting) else []
        names = [kind._meta.app_label, kind._meta.model_name, *of_the_site]
        assert client.get(reverse("wagtailsettings:edit", args=names), follow=True).status_code == 200, kind


@pytest.mark.guide("Superusers: everything.")
@pytest.mark.django_db
def test_a_superuser_finds_all_but_the_enquiries(client):
    client.force_login(User.objects.create_superuser("root"))
    closed = {name for name in OPEN_TO if client.get(reverse(name)).status_code != 200}
    assert closed == {"enquiries_admin:inbox"}


@pytest.mark.guide("Settings → Groups shows what each may do, enquiries apart.")
@pytest.mark.django_db
def test_the_page_of_a_group_shows_what_it_may_do(client):
    client.force_login(someone_of("Administrator"))
    listed = client.get(reverse("wagtailusers_groups:index")).text
    for name, not_shown in (("Profile manager", set()), ("Matching team", {"handle_enquiry"})):
        group = Group.objects.get(name=name)
        address = reverse("wagtailusers_groups:edit", args=[group.pk])
        assert address in listed
        shown = BeautifulSoup(client.get(address).content, "html.parser")
        ticked = {int(box["value"]) for box in shown.select("input[name=permissions][checked]")}
        named = group.permissions.exclude(codename__startswith="view_")  # whoever changes it sees it
        assert {one.codename for one in named if one.pk not in ticked} == not_shown
        assert ticked


@pytest.mark.guide("If the site speaks several languages, choose Translate in the menu of a page.")
@pytest.mark.django_db
def test_whoever_writes_may_begin_a_translation():
    translators = Group.objects.filter(permissions__codename="submit_translation")
    assert {group.name for group in translators} == {"Content editor", "Moderators", "Administrator"}
