"""No public page, list, search or feed gives away what is not public."""

from typing import Any

import pytest
from django.test import RequestFactory
from wagtail.blocks import BaseStructBlock, Block, BooleanBlock, CharBlock, ListBlock, TextBlock
from wagtail.blocks.field_block import ChooserBlock
from wagtail.models import Page

from tests.factories.secrets import FILE_MARKER, MARKER, SLUG_MARKER, make_secrets
from tests.test_invariants import our_blocks


@pytest.fixture
def secrets(db, search_index, epoch):
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


def value_of_hidden_things(block: Block) -> Any:
    """A value in which each chooser holds a page, picture, document or snippet that is hidden."""
    match block:
        case ChooserBlock():
            rows = block.target_model.objects.order_by("pk")
            return next((row for row in rows if str(row).startswith((MARKER, FILE_MARKER))), None)
        case BaseStructBlock():
            return {name: value_of_hidden_things(child) for name, child in block.child_blocks.items()}
        case ListBlock():
            return [value_of_hidden_things(block.child_block)]
        case CharBlock() | TextBlock():
            return "Words"
        case BooleanBlock():
            return True
    return block.get_default()


def test_no_block_shows_what_is_hidden(secrets):
    """The pages that are crawled hold only some of the blocks."""
    leaks = []
    for path, block in our_blocks().items():
        value = block.normalize(value_of_hidden_things(block))
        html = block.render(value, {"request": RequestFactory().get("/")})
        if any(marker in html for marker in (MARKER, SLUG_MARKER, FILE_MARKER)):
            leaks.append(path)
    assert leaks == [], "Link with `public_url`, and show a title only where there is one"
