"""What fields say of pages is remembered for an epoch, and shared by lists, ids and paths."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.home import make_site
from tests.factories.therapies import TherapyIndexPageFactory, TherapyPageFactory

#: The site's pages are known by then: only a list asks of which types its pages are.
MOST_QUERIES = {"list": 1, "id": 0, "path": 0}


@pytest.fixture
def therapy(db):
    return TherapyPageFactory(parent=TherapyIndexPageFactory(parent=make_site()), summary="As it was.")


@pytest.fixture
def addresses(therapy):
    return {
        "list": "/api/v2/therapies/?fields=*,seo,breadcrumbs",
        "id": f"/api/v2/pages/{therapy.pk}/",
        "path": f"/api/v2/pages/find/?html_path={therapy.url}",
    }


def told(client, address):
    response = client.get(address)
    assert response.status_code == 200, response.content
    return response.content, response.headers["Surrogate-Key"]


def test_what_is_remembered_is_what_is_read(client, addresses, epoch, settings, subtests):
    settings.SURROGATE_KEY_HEADERS = ["Surrogate-Key"]
    epoch.number = None
    read = {name: told(client, address) for name, address in addresses.items()}
    epoch.number = 1
    for name in (*addresses, *reversed(addresses)):
        assert told(client, addresses[name]) == read[name], name
    for name, address in addresses.items():
        with subtests.test(name), CaptureQueriesContext(connection) as queries:
            client.get(address)
        assert len(queries) <= MOST_QUERIES[name]


def test_a_change_is_told_at_every_address(client, therapy, addresses, epoch):
    for address in addresses.values():
        assert b"As it was." in client.get(address).content
    therapy.summary = "As it is."
    therapy.save_revision().publish()
    epoch.number += 1
    for address in addresses.values():
        assert b"As it is." in client.get(address).content
        assert b"As it was." not in client.get(address).content


def test_a_page_that_is_withdrawn_is_gone_at_every_address(client, therapy, addresses, epoch):
    for address in addresses.values():
        client.get(address)
    therapy.unpublish()
    epoch.number += 1
    assert client.get(addresses["id"]).status_code == client.get(addresses["path"]).status_code == 404
    assert client.get(addresses["list"]).json()["items"] == []
