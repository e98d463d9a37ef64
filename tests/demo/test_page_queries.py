"""What the public pages of the demo ask of the database: once the navigation is known, and once more."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

pytestmark = pytest.mark.django_db

#: By address: queries of the first view in an epoch in which another page was shown, and of the next view.
QUERIES: dict[str, tuple[int, int]] = {
    "/": (0, 0),
    "/therapies/": (0, 0),
    "/therapies/interpersonal-therapy/": (0, 0),
    "/therapies/compare/dit-vs-ipt/": (0, 0),
    "/concerns/": (0, 0),
    "/concerns/depression/": (0, 0),
    "/therapists/": (0, 0),
    "/therapists/?format=video&gender=woman": (0, 0),
    "/therapists/amara-okafor/": (0, 0),
    "/fees/": (0, 0),
    "/find-a-therapist/": (0, 0),
    "/search/?query=sleep": (0, 0),
}


def asked(client, address):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_a_view_costs_no_more_than_is_recorded(demo_site, db, client, epoch):
    told = {}
    for address in QUERIES:
        epoch.number += 1
        client.get("/privacy/")
        told[address] = (asked(client, address), asked(client, address))
    assert told == QUERIES
