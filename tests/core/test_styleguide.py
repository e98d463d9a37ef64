import re

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client

from core.styleguide.registry import entries
from tests.factories.home import PracticeImageFactory, make_site

pytestmark = pytest.mark.django_db

TEMPLATES = settings.ROOT / "templates"
#: What has nothing of its own to show: lists of components that are shown, steps of the matching form, words
#: that lead to pages, the one heading of the first level, and what a tag renders within another component.
SHOWN_ELSEWHERE = {
    "components/both_or_unsure.html",
    "components/comparison_invitation.html",
    "components/filters_empty.html",
    "components/first_step.html",
    "components/first_step_invitation.html",
    "components/matching/check.html",
    "components/matching/concerns.html",
    "components/matching/contact.html",
    "components/matching/meeting_times.html",
    "components/matching/refine.html",
    "components/matching/suggestions.html",
    "components/matching/told.html",
    "components/matching/week.html",
    "components/page_cards.html",
    "components/page_chips.html",
    "components/page_head.html",
    "components/share_card.html",
    "components/source.html",
    "components/therapist_card_list.html",
}
INCLUDED = re.compile(r'include "(components/[^"]+)"')


@pytest.fixture
def staff() -> Client:
    make_site()
    client = Client()
    client.force_login(get_user_model().objects.create_user("designer", is_staff=True))
    return client


def test_the_style_guide_shows_every_component_and_block(staff):
    PracticeImageFactory()
    html = staff.get("/styleguide/").content.decode()

    for entry in entries():
        assert entry.source in html
        for specimen in entry.specimens:
            assert str(specimen.render()).strip(), f"{entry.title} ({specimen.state}) shows nothing"


def test_no_component_is_missing_from_the_style_guide():
    components = {
        str(path.relative_to(TEMPLATES)): set(INCLUDED.findall(path.read_text()))
        for path in (TEMPLATES / "components").rglob("*.html")
    }
    # Blocks are shown by their class.
    waiting = {name for name in components if name.startswith("components/streamfield/")}
    waiting |= {entry.source.removeprefix("templates/") for entry in entries()} & components.keys()
    shown = set()
    while waiting:
        shown |= waiting
        waiting = set().union(*(components[name] for name in waiting)) - shown

    unseen = components.keys() - shown
    assert unseen - SHOWN_ELSEWHERE == set(), "Show it in the `styleguide.py` of its app"
    assert unseen == SHOWN_ELSEWHERE


def test_visitors_find_no_style_guide():
    make_site()

    assert Client().get("/styleguide/").status_code == 404


def test_a_field_with_an_error_tells_screen_readers_what_is_wrong(staff):
    html = staff.get("/styleguide/").content.decode()

    assert 'id="id_refused-email_error"' in html
    assert 'aria-describedby="id_refused-email_helptext id_refused-email_error"' in html
    assert 'href="#id_refused-email"' in html
