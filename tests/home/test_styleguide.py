import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from home.styleguide.registry import entries
from tests.factories.home import make_site

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff() -> Client:
    make_site()
    client = Client()
    client.force_login(get_user_model().objects.create_user("designer", is_staff=True))
    return client


def test_the_style_guide_shows_every_component_and_block(staff):
    html = staff.get("/styleguide/").content.decode()

    for entry in entries():
        assert entry.source in html
        for specimen in entry.specimens:
            assert str(specimen.render()).strip(), f"{entry.title} ({specimen.state}) shows nothing"


def test_visitors_find_no_style_guide():
    make_site()

    assert Client().get("/styleguide/").status_code == 404


def test_a_field_with_an_error_tells_screen_readers_what_is_wrong(staff):
    html = staff.get("/styleguide/").content.decode()

    assert 'id="id_refused-email_error"' in html
    assert 'aria-describedby="id_refused-email_helptext id_refused-email_error"' in html
    assert 'href="#id_refused-email"' in html
