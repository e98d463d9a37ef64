"""Nobody who finds a session open takes the account away by its e-mail address."""

import pytest
from django.contrib.auth.models import Group, User
from django.urls import reverse

from tests.factories.second_factor import code_of, forget_the_time, give_app

pytestmark = pytest.mark.django_db

ACCOUNT = reverse("wagtailadmin_account")


@pytest.fixture
def person(client):
    person = User.objects.create_user(
        "edie", "edie@example.org", "quiet-harbour-7", first_name="Edie", last_name="E"
    )
    person.groups.add(Group.objects.get(name="Content editor"))
    client.force_login(person)
    return person


def sent(client, email, password=""):
    """Send the whole account page as it stands, with these two."""
    form = {"name_email-first_name": "Edie", "name_email-last_name": "E", "name_email-email": email}
    others = {
        "locale-preferred_language": "",
        "locale-current_time_zone": "Europe/London",
        "theme-theme": "system",
    }
    others |= {"theme-density": "default", "theme-contrast": "system", "theme-keyboard_shortcuts": "on"}
    return client.post(ACCOUNT, form | others | {"name_email-current_password": password})


@pytest.mark.guide(
    "Another e-mail address: type your password with it; where you have a second step, show that again "
    "first.",
    "The old address is told.",
)
def test_another_address_wants_the_password_and_the_old_one_is_told(
    client, person, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        for password in ("", "wrong"):
            answer = sent(client, "thief@example.org", password)
            assert "Type the password that you sign in with." in answer.content.decode()
        assert sent(client, person.email).status_code == 302
    person.refresh_from_db()
    assert (person.email, mailoutbox) == ("edie@example.org", [])
    with django_capture_on_commit_callbacks(execute=True):
        assert sent(client, "new@example.org", "quiet-harbour-7").status_code == 302
    [message] = mailoutbox
    assert message.to == ["edie@example.org"]
    assert "new@example.org" not in message.body


@pytest.mark.guide(
    "Another e-mail address: type your password with it; where you have a second step, show that again "
    "first.",
)
def test_whoever_has_a_second_step_shows_it_again(client, person):
    secret = give_app(person)
    client.logout()
    client.post(reverse("wagtailadmin_login"), {"username": person.username, "password": "quiet-harbour-7"})
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    again = reverse("mfa_reauthenticate", query={"next": ACCOUNT})
    answer = sent(client, "new@example.org", "quiet-harbour-7")
    assert again in answer.content.decode()
    assert sent(client, person.email).status_code == 302  # the rest of the page asks for nothing
    person.refresh_from_db()
    assert person.email == "edie@example.org"
    assert client.post(again, {"code": code_of(secret, 1)})["Location"] == ACCOUNT
    assert sent(client, "new@example.org", "quiet-harbour-7").status_code == 302
    forget_the_time(client)
    assert again in sent(client, "next@example.org", "quiet-harbour-7").content.decode()
    person.refresh_from_db()
    assert person.email == "new@example.org"


def test_the_old_address_is_told_when_somebody_else_changes_it(
    person, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        person.first_name = "Edith"
        person.save()
        person.email = "other@example.org"
        person.save()
    assert [message.to for message in mailoutbox] == [["edie@example.org"]]
