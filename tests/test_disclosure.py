"""No public page, list, search or feed gives away what is not public."""

import pytest
from wagtail.models import Page

from tests.factories.secrets import FILE_MARKER, MARKER, SLUG_MARKER, make_secrets


@pytest.fixture
def secrets(db, search_index):
    return make_secrets()


def public_addresses():
    yield from ("/", "/sitemap.xml", "/robots.txt", "/healthz", "/readyz")
    yield from (f"/search/?query={word}" for word in ("open", "therapy", "concern", "sample", "answer"))
    yield from ("/therapies/compare/", "/therapies/compare/open-therapy-vs-other-therapy/")
    yield "/therapies/compare/open-therapy-vs-zzz/"
    yield from ("/therapists/?concern=open-concern", "/therapists/?price=60&format=video")
    for page in Page.objects.filter(depth__gt=2):
        yield f"/{page.url_path.split('/', 2)[2]}"
    yield from (f"/old-{number}/" for number in range(9))
    yield "/find-a-therapist/with/open/"


def test_no_public_page_shows_what_is_hidden(client, secrets):
    leaks, shown = [], 0
    for address in public_addresses():
        response = client.get(address)
        shown += response.status_code == 200
        text = response.content.decode().lower()
        if (
            MARKER.lower() in text
            or FILE_MARKER in text
            or (SLUG_MARKER in text and SLUG_MARKER not in address)
        ):
            leaks.append(address)
    assert leaks == []
    assert shown > 12, "the crawl reached too little to prove anything"
