"""Two requests store one page at one moment, such as a draft that saves itself while somebody publishes."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from tests.at_one_moment import at_one_moment
from tests.factories.home import make_site
from tests.factories.therapies import (
    ComparisonDimensionFactory,
    TherapyIndexPageFactory,
    make_sourced_therapy,
)
from tests.therapies.test_editing import edit, fact

pytestmark = pytest.mark.usefixtures("own_database", "transactional_db")


def test_a_draft_is_saved_while_its_page_is_published():
    length = ComparisonDimensionFactory(key="duration", question="How long is it?")
    therapy = make_sourced_therapy(TherapyIndexPageFactory(parent=make_site()), length, [])
    therapy.unpublish()
    user = get_user_model().objects.create_superuser("editor", "editor@example.org", "password")
    editors = Client(), Client()
    for editor in editors:
        editor.force_login(user)
    for number in range(5):
        values = [fact(length, f"Meeting {number}")]
        answers = at_one_moment(
            lambda values=values: edit(editors[0], therapy, publish=True, values=values),
            lambda values=values: edit(editors[1], therapy, values=values),
        )
        assert [answer.status_code for answer in answers] == [302, 302]
        assert [value.short_value for value in therapy.values.all()] == [f"Meeting {number}"]
        therapy.refresh_from_db()
        therapy.unpublish()
