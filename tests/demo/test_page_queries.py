"""What the public pages of the demo ask of the database: once what they share is known, and once more."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import get_page_models

pytestmark = pytest.mark.django_db

#: By address: the most queries of its first view after those of others, and of its next, in one epoch.
MOST = {
    "/": (13, 6),
    "/therapies/": (6, 5),
    "/therapies/interpersonal-therapy/": (25, 9),
    "/therapies/compare/dit-vs-ipt/": (12, 9),
    "/concerns/": (5, 5),
    "/concerns/depression/": (25, 12),
    "/therapists/": (17, 5),
    "/therapists/?format=video&gender=woman": (19, 5),
    "/therapists/amara-okafor/": (20, 20),
    "/fees/": (7, 4),
    "/find-a-therapist/": (15, 13),
    "/search/?query=sleep": (13, 13),
}


def asked(client, address):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_no_view_costs_more_than_is_recorded(demo_site, db, client, epoch, subtests):
    ContentType.objects.get_for_models(*get_page_models())  # each process asks for them once
    for address in MOST:  # the sizes of a picture are made when it is first shown
        client.get(address)
    for address, (most_at_first, most_after) in MOST.items():
        with subtests.test(address):
            epoch.number += 1
            client.get("/privacy/")
            client.get("/therapists/kwame-mensah/")  # the times of the practice, and who has a place
            assert asked(client, address) <= most_at_first
            assert asked(client, address) <= most_after
