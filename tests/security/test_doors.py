"""Each role before each door of the admin. The doors are found by walking: a new one is tried by itself."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.db import connection, reset_queries
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse

pytestmark = pytest.mark.django_db

#: Open before anyone logged in: logging in, a forgotten password, and two files without content.
OPEN = ("/admin/login/", "/admin/password_reset/", "/admin/jsi18n/", "/admin/sprite/", "/admin/logout/")
#: Closed to everyone who edits or reviews pages.
NOT_FOR_EDITORS = (
    "/admin/break-glass/",
    "/admin/e-mail/",
    "/admin/enquiries/",
    "/admin/groups/",
    "/admin/kept-decisions/",
    "/admin/private-records/",
    "/admin/risk-phrases/",
    "/admin/settings/enquiries/enquirysettings/1/",
    "/admin/sites/",
    "/admin/users/",
    "/admin/workflows/list/",
)
#: Nothing that could be changed or deleted here is open to the Matching team.
NOT_FOR_THE_TEAM = re.compile(
    r"/admin/(pages/\d+/(edit|history|privacy|usage|copy|delete|unpublish|view_draft)|users|groups|sites|"
    r"private-records|diaries|images/\d+|documents/edit|redirects|searchpicks/(add|\d)|collections|"
    r"workflows/(list|add|edit)|snippets/(therapies|home)|settings/home|reports/(workflow|aging))"
)
#: What a look may write: who edits beside you, who follows a page, the access log, smaller sizes of pictures.
WRITTEN_BY_LOOKING = re.compile(
    r'"(wagtailadmin_editingsession|wagtailcore_pagesubscription|wagtailusers_userprofile|'
    r'enquiries_accesslogentry|django_session|core_practicerendition)"'
)


def come_in(username):
    client = Client(raise_request_exception=False)
    client.force_login(get_user_model().objects.get(username=username))
    return client


def status(client, door):
    answer = client.get(door)
    answer.getvalue()  # of a document, which closes its file
    return answer.status_code


def opened(client, doors):
    return {door for door in doors if status(client, door) == 200}


def test_strangers_are_led_to_the_login(doors):
    assert len(doors) > 200, "the walk found too few to prove anything"
    assert [door for door in opened(Client(), doors) if not door.startswith(OPEN)] == []


def test_who_edits_pages_opens_nothing_about_people(doors):
    for username in ("editor", "reviewer"):
        found = opened(come_in(username), [door for door in doors if door.startswith(NOT_FOR_EDITORS)])
        assert found == set(), username
    assert "risk" not in "".join(door for door in doors if "choose" in door), "a chooser is open to everyone"


def test_the_team_opens_no_page_and_no_record_of_others(doors):
    tried = [door for door in doors if NOT_FOR_THE_TEAM.match(door)]
    assert len(tried) > 60
    assert opened(come_in("matcher"), tried) == set()


def test_an_administrator_opens_no_enquiry_without_a_reason(doors):
    found = opened(come_in("admin"), [door for door in doors if door.startswith("/admin/enquiries/")])
    assert [door for door in found if not door.endswith("/break-glass/")] == []


def test_looking_changes_nothing(doors):
    """And no door is an empty page: the address of an action leads to one."""
    written, empty = [], set()
    for username in ("matcher", "admin"):
        client = come_in(username)
        for door in doors:
            reset_queries()  # the log holds so many, and is never emptied while it is written
            with CaptureQueriesContext(connection) as asked:
                if status(client, door) == 405:
                    empty.add(door)
            written += [
                (username, door, query["sql"][:90])
                for query in asked
                if re.match("INSERT|UPDATE|DELETE", query["sql"])
                and not WRITTEN_BY_LOOKING.search(query["sql"])
            ]
    assert written == []
    assert empty == set()


def test_django_has_no_admin_of_its_own():
    with pytest.raises(NoReverseMatch):
        reverse("admin:index")
