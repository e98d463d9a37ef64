"""Who guesses passwords is made to wait, and learns nothing of who can log in."""

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.cache import cache
from django.urls import reverse

from core.accounts import login

pytestmark = pytest.mark.django_db
RIGHT = "quiet-harbour-of-tests"


@pytest.fixture
def editor():
    cache.clear()
    yield get_user_model().objects.create_superuser("edie", "edie@example.org", RIGHT)
    cache.clear()


def attempt(client, password, name="edie", door="wagtailadmin_login", **headers):
    return client.post(reverse(door), {"username": name, "password": password}, **headers)


@pytest.mark.parametrize("door", ["wagtailadmin_login", "wagtailcore_login"])
def test_after_ten_wrong_passwords_the_right_one_has_to_wait(client, editor, monkeypatch, door):
    for _ in range(login.MOST_FAILURES_OF_ADDRESS):
        assert attempt(client, "wrong", door=door).status_code == 200
    assert attempt(client, RIGHT, door=door).status_code == 200
    assert "_auth_user_id" not in client.session
    elsewhere = attempt(client, RIGHT, door=door, REMOTE_ADDR="192.0.2.7")
    assert elsewhere.status_code == 302


def test_many_addresses_cannot_guess_on(client, editor, monkeypatch):
    monkeypatch.setattr(login, "MOST_FAILURES", 3)
    for number in range(3):
        attempt(client, "wrong", REMOTE_ADDR=f"192.0.2.{number}")
    assert attempt(client, RIGHT, REMOTE_ADDR="192.0.2.200").status_code == 200


@pytest.mark.parametrize(
    ("proxies", "addresses", "logs_in"),
    [
        # Anyone can write such a header: without a proxy of ours it does not count.
        (0, ["10.0.0.1", "10.0.0.2"], False),
        (1, ["10.0.0.1", "10.0.0.2"], True),
        (1, ["6.6.6.6, 10.0.0.1", "6.6.6.7, 10.0.0.1"], False),
    ],
)
def test_failures_count_by_the_address_of_the_client(
    client, editor, monkeypatch, settings, proxies, addresses, logs_in
):
    settings.REST_FRAMEWORK = settings.REST_FRAMEWORK | {"NUM_PROXIES": proxies}
    monkeypatch.setattr(login, "MOST_FAILURES_OF_ADDRESS", 2)
    guesser, other = ({"x-forwarded-for": address} for address in addresses)
    for _ in range(2):
        attempt(client, "wrong", headers=guesser)
    attempt(client, RIGHT, headers=other)
    assert ("_auth_user_id" in client.session) == logs_in


def test_a_right_password_forgets_the_mistakes_before_it(client, editor, monkeypatch):
    monkeypatch.setattr(login, "MOST_FAILURES_OF_ADDRESS", 2)
    for password in ("wrong", RIGHT, "wrong"):
        attempt(client, password)
        client.logout()
    assert attempt(client, RIGHT).status_code == 302


def test_a_few_mistakes_cost_nothing(client, editor):
    for _ in range(login.MOST_FAILURES_OF_ADDRESS - 1):
        attempt(client, "wrong")
    assert attempt(client, RIGHT).status_code == 302


def test_no_answer_tells_whether_a_login_is_there(client, editor):
    known, unknown = attempt(client, "wrong"), attempt(client, "wrong", name="nobody")
    assert "wait a quarter of an hour" in known.content.decode()
    said = [answer.context["form"].non_field_errors() for answer in (known, unknown)]
    assert said[0] == said[1]
    reset = reverse("wagtailadmin_password_reset")
    answers = [client.post(reset, {"email": f"{name}@example.org"}) for name in ("edie", "nobody")]
    assert [(answer.status_code, answer["Location"]) for answer in answers] == [
        (302, reverse("wagtailadmin_password_reset_done"))
    ] * 2
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("door", ["wagtailadmin_login", "wagtailcore_login"])
@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:1"]
)
def test_logging_in_leads_to_no_other_site(client, editor, door, target):
    answer = client.post(reverse(door), {"username": "edie", "password": RIGHT, "next": target})
    assert answer.status_code == 302
    assert "evil" not in answer["Location"] and "javascript" not in answer["Location"]
