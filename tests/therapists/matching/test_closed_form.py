"""While nobody would hear of an enquiry the form is closed to visitors, and who can mend it is told."""

import pytest
from django.contrib.auth.models import Group, User
from django.urls import reverse
from wagtail.models import Site

from home.models import PracticeSettings
from tests.factories.matching import MatchingPageFactory, open_for_enquiries
from tests.queue_worker import a_worker
from therapists.enquiries.access.team import team_members
from therapists.enquiries.models import Enquiry, MailFault, OutgoingMessage

pytestmark = pytest.mark.django_db


@pytest.fixture
def matching_page(practice):
    """On a fresh installation: nobody is on the team, and the practice has no address."""
    return MatchingPageFactory(parent=practice.home, is_open=False)


@pytest.fixture
def ready(client):
    a_worker()
    return lambda: client.get("/readyz").json()["checks"]["enquiries"]


@pytest.mark.guide(
    "It is open to visitors while two people are on the Matching team and the practice has an address where "
    "new enquiries are announced.",
    "Otherwise they find other ways to reach you and the help lines in its place; the home of the admin and "
    "the page itself say what is missing.",
)
def test_a_fresh_site_takes_no_enquiry_and_says_where_else_to_go(visitor, front_end, ready, admin_client):
    visitor.opens()
    assert visitor.soup.h1.get_text() == "We cannot take enquiries here at the moment"
    assert visitor.step is None and visitor.soup.select(".help-now a[href^='tel:']")
    assert "no-store" in visitor.response["Cache-Control"]
    PracticeSettings.objects.update(contact_phone="0131 496 0000", opening_hours="Mondays")
    assert visitor.opens().soup.select_one("main a[href='tel:+44-131-496-0000']")
    # A front end is told before anyone has typed a word.
    closed = front_end.form()["closed"]
    assert closed.startswith("We cannot take enquiries here at the moment. Please reach us another way: 0131")
    refused = front_end.sends()
    assert (refused.status_code, refused.json()["key"]) == (503, "service-unavailable")
    assert "0131 496 0000" in refused.json()["detail"]
    assert not Enquiry.objects.exists()
    # It was never open: whoever makes the site sees what is missing, and nobody is woken.
    assert ready() == "ok"


@pytest.mark.guide(
    "It is open to visitors while two people are on the Matching team and the practice has an address where "
    "new enquiries are announced.",
)
def test_whoever_fills_it_in_while_it_closes_keeps_their_words(visitor, ready, make_therapist, front_end):
    open_for_enquiries()
    assert front_end.form()["closed"] == ""
    make_therapist("Ada")
    visitor.reaches("contact")
    visitor.sends(**visitor.plain_answers()["contact"], message="These words took me an hour.")
    [first, second] = team_members()
    User.objects.filter(pk=first.pk).update(is_active=False)
    visitor.sends(consent="on")
    assert visitor.response.status_code == 503
    assert "this has not been sent" in visitor.errors[0]
    assert "These words took me an hour." in visitor.text
    assert not Enquiry.objects.exists()
    User.objects.filter(pk=first.pk).update(is_active=True)
    visitor.sends()
    assert visitor.response.status_code == 302
    assert ready() == "ok"
    # Now that it has been open, a lapse wakes someone.
    User.objects.filter(pk=second.pk).update(is_active=False)
    assert ready() == "reach nobody"


def test_an_address_that_takes_no_mail_is_a_lapse_until_one_arrives(matching_page, ready, admin_client):
    open_for_enquiries()
    assert ready() == "ok"
    for state, fault, expected in [
        ("failed", MailFault.RECIPIENT, "reach nobody"),
        ("queued", MailFault.OURS, "reach nobody"),
        ("sent", "", "ok"),
    ]:
        OutgoingMessage.objects.create(kind="new_enquiry", state=state, fault=fault)
        assert ready() == expected
        home = admin_client.get("/admin/").content.decode()
        assert ("new enquiries are announced takes no e-mail" in home) == (expected != "ok")


@pytest.mark.guide(
    "Otherwise they find other ways to reach you and the help lines in its place; the home of the admin and "
    "the page itself say what is missing.",
)
def test_editors_and_administrators_are_told_what_is_missing(matching_page, admin_client, client):
    edit = reverse("wagtailadmin_pages:edit", args=[matching_page.pk])
    for address in ("/admin/", edit):
        page = admin_client.get(address).content.decode()
        assert "The Matching team has fewer than two people who can sign in." in page
        assert "There is no address where new enquiries are announced." in page
        site = matching_page.get_site().pk
        for way in (
            reverse("wagtailusers_users:index"),
            reverse("wagtailsettings:edit", args=["home", "practicesettings", site]),
        ):
            assert f'href="{way}"' in page
    editor = User.objects.create_user("editor")
    editor.groups.add(Group.objects.get(name="Content editor"))
    client.force_login(editor)
    home = client.get("/admin/").content.decode()
    assert "the form is closed" in home and "Please tell an administrator" in home
    editor.groups.set(Group.objects.filter(name="Administrator"))
    home = client.get("/admin/").content.decode()
    assert "Please tell an administrator" not in home
    assert f'href="{reverse("wagtailusers_users:index")}"' in home.partition("the form is closed")[2]
    open_for_enquiries()
    assert "the form is closed" not in client.get("/admin/").content.decode()
    assert "Visitors find this form closed" not in admin_client.get(edit).content.decode()


def test_where_no_site_is_the_default_one_the_admin_says_so(matching_page, admin_client):
    Site.objects.update(is_default_site=False)

    assert "No site is the default one" in admin_client.get("/admin/").content.decode()
