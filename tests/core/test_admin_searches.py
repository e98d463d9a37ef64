"""The searches of the admin find names with and without their accents."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from tests.factories.home import InfoPageFactory, PracticeImageFactory, ReviewerFactory, make_site
from tests.factories.secrets import DocumentFactory
from tests.factories.therapies import ReferenceFactory

pytestmark = pytest.mark.usefixtures("search_index")

SEARCHES = [
    "wagtailadmin_pages:search",
    "wagtailadmin_explore_root",
    "wagtailadmin_choose_page_search",
    "wagtailimages:index",
    "wagtailimages_chooser:choose_results",
    "wagtaildocs:index",
    "wagtaildocs_chooser:choose_results",
    "wagtailusers_users:index",
    "wagtailsnippets_core_reviewer:list",
    "wagtailsnippets_therapies_reference:list",
]


@pytest.mark.guide("Every search of the admin finds names without their accents, too: “wojcik” finds Wójcik.")
@pytest.mark.parametrize("typed", ["wojcik", "Wójc", "joao", "JOÃO"])
def test_every_search_of_the_admin_finds_names_without_their_accents(db, admin_client, typed):
    name = "Wójcik João"
    InfoPageFactory(parent=make_site(), title=name, slug="a-name")
    PracticeImageFactory(title=name)
    DocumentFactory(title=name)
    User.objects.create_user("someone", first_name="João", last_name="Wójcik")
    ReviewerFactory(name=name)
    ReferenceFactory(citation=name)
    for search in SEARCHES:
        answer = admin_client.get(reverse(search), {"q": typed})
        assert answer.status_code == 200, search
        words = answer.content.decode()
        assert "Wójcik" in words.replace(f'value="{typed}"', ""), search
        nobody = admin_client.get(reverse(search), {"q": "nobody"}).content.decode()
        assert "Wójcik" not in nobody, search
