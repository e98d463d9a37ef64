import pytest
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
