"""Administrators manage the endpoints; editors cannot see them."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from core.outbox import SendingState
from core.webhooks.announcements import send_test
from core.webhooks.enums import CHOICES
from core.webhooks.models import Delivery, Endpoint, EndpointSecret, Event, KnownPage
from core.webhooks.page_diff import update_known_pages

SECRET = re.compile(r"whsec_[A-Za-z0-9+/=]+")


@pytest.fixture
def outside(monkeypatch):
    """Names lead out into the internet."""
    monkeypatch.setattr("socket.getaddrinfo", lambda *args, **kwargs: [(0, 0, 0, "", ("93.184.215.14", 443))])


@pytest.fixture
def editor(client, db):
    person = get_user_model().objects.create_user("editor", password="editor")
    person.groups.set(Group.objects.filter(name__in=["Content editor", "Moderators"]))
    client.force_login(person)
    return client


def fields(**changes):
    return {
        "name": "The app",
        "url": "https://app.example.org/hook",
        "events": [kind for kind, _label in CHOICES],
        "is_active": "on",
    } | changes


def addresses(endpoint, delivery, secret):
    for name in ("index", "add"):
        yield reverse(f"webhook-endpoints:{name}")
    for name in ("edit", "delete", "history", "new_secret", "test"):
        yield reverse(f"webhook-endpoints:{name}", args=[endpoint.pk])
    yield reverse("webhook-endpoints:show_secret", args=[secret.pk])
    yield reverse("webhook-deliveries:index")
    yield reverse("webhook-deliveries:inspect", args=[delivery.pk])
    yield reverse("webhook-deliveries:again", args=[delivery.pk])


def test_a_new_endpoint_shows_its_secret_once(admin_client, home, outside):
    response = admin_client.post(reverse("webhook-endpoints:add"), fields())
    endpoint = Endpoint.objects.get()
    secret = endpoint.secrets.get()
    show = reverse("webhook-endpoints:show_secret", args=[secret.pk])
    assert response["Location"] == show
    assert not SECRET.search(admin_client.get(show).content.decode())
    shown = admin_client.post(show)
    assert SECRET.search(shown.content.decode()).group() == secret.sealed_secret
    assert "no-store" in shown["Cache-Control"]
    for again in (admin_client.post(show), admin_client.get(show)):
        assert not SECRET.search(again.content.decode())
    assert KnownPage.objects.get().page_id == home.pk


def test_no_page_of_the_admin_echoes_a_secret(admin_client, endpoint):
    delivery, secret = send_test(endpoint), endpoint.secrets.get()
    for address in addresses(endpoint, delivery, secret):
        answer = admin_client.get(address).content.decode()
        assert not SECRET.search(answer), address
    stored = EndpointSecret.objects.values_list("sealed_secret", flat=True).get()
    assert secret.sealed_secret.encode() not in bytes(stored)


def test_an_editor_reaches_none_of_it(editor, endpoint):
    delivery, secret = send_test(endpoint), endpoint.secrets.get()
    for address in addresses(endpoint, delivery, secret):
        for method in (editor.get, editor.post):
            response = method(address)
            assert response.status_code in (302, 403, 405), address
            assert response.get("Location", "/admin/") == "/admin/"
    assert EndpointSecret.objects.get().shown_at is None
    assert Delivery.objects.count() == 1
    assert "Webhooks" not in editor.get("/admin/").content.decode()


def test_someone_who_may_look_at_deliveries_sends_nothing(editor, endpoint):
    permission = Permission.objects.get(codename="view_delivery")
    Group.objects.get(name="Content editor").permissions.add(permission)
    delivery = send_test(endpoint)
    assert editor.get(reverse("webhook-deliveries:index")).status_code == 200
    page = editor.get(reverse("webhook-deliveries:inspect", args=[delivery.pk]))
    assert "Send it again" not in page.content.decode()
    assert editor.post(reverse("webhook-deliveries:again", args=[delivery.pk])).status_code == 302
    assert Delivery.objects.get().state == SendingState.QUEUED


@pytest.mark.parametrize(
    "url",
    ["http://app.example.org/", "https://me:word@app.example.org/", "https://127.0.0.1/", "https://[::1]/"],
)
def test_an_address_that_nothing_may_go_to_is_refused_where_it_is_typed(admin_client, home, url):
    response = admin_client.post(reverse("webhook-endpoints:add"), fields(url=url))
    assert response.status_code == 200
    assert response.context["form"].errors.keys() == {"url"}
    assert not Endpoint.objects.exists()


def test_an_endpoint_must_hear_of_something(admin_client, home, outside):
    response = admin_client.post(reverse("webhook-endpoints:add"), fields(events=[]))
    assert response.context["form"].errors.keys() == {"events"}


def test_a_new_secret_leaves_the_old_one_a_week_unless_it_leaked(admin_client, endpoint):
    address = reverse("webhook-endpoints:new_secret", args=[endpoint.pk])
    assert "/secrets/" in admin_client.post(address)["Location"]
    assert endpoint.secrets.in_use().count() == 2
    admin_client.post(address, {"is_urgent": "on"})
    assert endpoint.secrets.in_use().count() == 1


def test_a_test_is_sent_and_shown(admin_client, endpoint):
    response = admin_client.post(reverse("webhook-endpoints:test", args=[endpoint.pk]))
    delivery = Delivery.objects.get()
    assert response["Location"] == reverse("webhook-deliveries:inspect", args=[delivery.pk])
    assert delivery.event.kind == "test"
    assert str(delivery.event_id) in admin_client.get(response["Location"]).content.decode()
    listed = admin_client.get(reverse("webhook-deliveries:index")).content.decode()
    assert "A test" in listed
    assert "Queued" in listed


def test_deliveries_cost_the_same_however_many(admin_client, endpoint, django_assert_max_num_queries):
    for _ in range(12):
        send_test(endpoint)
    with django_assert_max_num_queries(20):
        admin_client.get(reverse("webhook-deliveries:index"))


def test_a_delivery_is_sent_again_with_the_same_id(admin_client, endpoint):
    delivery = send_test(endpoint)
    again = reverse("webhook-deliveries:again", args=[delivery.pk])
    Delivery.objects.update(state=SendingState.FAILED, attempts=15)
    admin_client.post(again)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == (SendingState.QUEUED, 0)
    assert Event.objects.count() == 1
    Delivery.objects.update(state=SendingState.SENDING)
    admin_client.post(again)
    assert Delivery.objects.get().state == SendingState.SENDING


@pytest.mark.parametrize("name", ["test", "again"])
def test_nothing_is_sent_to_an_endpoint_that_is_off(admin_client, endpoint, name):
    delivery = send_test(endpoint)
    Endpoint.objects.update(is_active=False)
    Delivery.objects.update(state=SendingState.FAILED)
    address = (
        reverse("webhook-endpoints:test", args=[endpoint.pk])
        if name == "test"
        else reverse("webhook-deliveries:again", args=[delivery.pk])
    )
    admin_client.post(address)
    assert Delivery.objects.get().state == SendingState.FAILED


def test_an_endpoint_that_is_switched_on_again_reads_everything_anew(admin_client, endpoint, outside):
    endpoint.pause("HTTP 500")
    update_known_pages()
    front = admin_client.get("/admin/").content.decode()
    assert "Other front ends that hear of nothing" in front
    assert "HTTP 500" in admin_client.get(reverse("webhook-endpoints:index")).content.decode()
    admin_client.post(reverse("webhook-endpoints:edit", args=[endpoint.pk]), fields())
    endpoint.refresh_from_db()
    assert (endpoint.is_active, endpoint.paused_at, endpoint.paused_because) == (True, None, "")
    event = Event.objects.get()
    assert (event.kind, event.keys) == ("site.changed", ["all", "html"])
    assert KnownPage.objects.exists()
    admin_client.post(reverse("webhook-endpoints:edit", args=[endpoint.pk]), fields(name="Our app"))
    assert Event.objects.count() == 1
