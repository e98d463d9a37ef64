"""What the public pages of the demo ask of the database: once what they share is known, and once more."""

from operator import le

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import get_page_models

pytestmark = pytest.mark.django_db

#: Of any page, when it is first shown after others of its kind. The same as of any list of the API.
MOST_OF_ANY = 12
#: A page of each kind.
OTHERS = [
    "/privacy/",
    "/therapies/compassion-focused-therapy/",
    "/concerns/anxiety/",
    "/therapists/kwame-mensah/",
]
#: By address: the most queries of the first view of all after a change, of one after others, and of its next.
MOST = {
    "/": (15, 6, 0),
    "/therapies/": (13, 4, 3),
    "/therapies/interpersonal-therapy/": (30, 10, 1),
    "/therapies/compare/dit-vs-ipt/": (18, 5, 1),
    "/concerns/": (12, 3, 3),
    "/concerns/depression/": (29, 3, 2),
    "/therapists/": (24, 10, 2),
    "/therapists/?format=video&gender=woman": (24, 10, 2),
    "/therapists/amara-okafor/": (24, 8, 8),
    "/fees/": (14, 4, 2),
    "/find-a-therapist/": (21, 9, 8),
    "/search/?query=sleep": (20, 12, 3),
}


def asked(client, address):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_no_view_costs_more_than_is_recorded(demo_site, db, client, epoch, subtests):
    ContentType.objects.get_for_models(*get_page_models())  # each process asks for them once
    for address in MOST:  # the sizes of a picture are made when it is first shown
        client.get(address)
    for address, most in MOST.items():
        with subtests.test(address):
            epoch.number += 1
            first_of_all = asked(client, address)
            epoch.number += 1
            for other in OTHERS:
                assert client.get(other).status_code == 200
            queries = (first_of_all, asked(client, address), asked(client, address))
            assert all(map(le, queries, most)), queries
            assert queries[1] <= MOST_OF_ANY
