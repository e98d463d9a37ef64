import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from wagtail.models import Page, Site

from home.models import HomePage, InfoPage


@pytest.fixture
def home(db):
    front = Page.objects.get(depth=1).add_child(
        instance=HomePage(title="Home", slug="front", heading="Find someone to talk to")
    )
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "testserver", "root_page": front}
    )
    return front


@pytest.fixture
def fees(home):
    return home.add_child(instance=InfoPage(title="Fees", slug="fees", summary="What a session costs."))


@pytest.fixture
def read(client):
    """GET below `/api/v2/`, and the answer's JSON."""

    def get(address, status=200):
        response = client.get(f"/api/v2/{address}")
        assert response.status_code == status, response.content
        return response.json()

    return get


@pytest.fixture
def one_connection():
    """As Django's own test client does: a request must not close the connection that the test rolls back."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)
