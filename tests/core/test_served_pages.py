"""A page that no site serves is not public: it has no address, wherever it is asked for."""

from xml.etree import ElementTree

import pytest
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.search_promotions.models import Query, SearchPromotion
from wagtail.models import Locale, Page, Site

from core.visibility import is_public, public
from tests.factories.home import InfoPageFactory, make_site
from tests.factories.matching import MatchingPageFactory
from tests.factories.therapies import (
    ConcernIndexPageFactory,
    ConcernPageFactory,
    TherapyIndexPageFactory,
    TherapyPageFactory,
)
from tests.factories.therapists import TherapistIndexPageFactory, TherapistPageFactory
from tests.two_languages import WELSH, in_language, make_two_languages, speaking
from therapists.matching.form.steps import FormChoices
from therapists.matching.inputs.candidates import load_candidates

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("search_index")]


@pytest.fixture
def beside():
    """A page beside the one site."""
    make_site()
    return InfoPageFactory(parent=Page.objects.get(depth=1), title="Beside the site", slug="beside")


@pytest.fixture
def welsh_gone(db):
    """Everything was there in Welsh too; then the settings lost that language."""
    with speaking(WELSH):
        two = make_two_languages(Locale.objects.create(language_code="cy"))
        MatchingPageFactory(parent=two.home)
        concern = ConcernPageFactory(parent=ConcernIndexPageFactory(parent=two.home), title="Grief")
        therapy = TherapyPageFactory(parent=TherapyIndexPageFactory(parent=two.home), title="Talking")
        therapist = TherapistPageFactory(parent=TherapistIndexPageFactory(parent=two.home), title="Anna")
        for page, title in ((concern, "Galar"), (therapy, "Siarad"), (therapist, "Anna")):
            page.save_revision().publish()
            two.in_welsh(page, title=title)
        Redirect.add_redirect("/hen", redirect_to=two.ffioedd)
    return two


def test_it_is_not_public(beside):
    assert not is_public(beside)
    assert beside not in public(Page.objects.all())
    assert is_public(Site.objects.get().root_page)


def test_no_search_finds_it(beside, client):
    query = Query.get("beside")
    SearchPromotion.objects.create(query=query, page=beside, sort_order=0)

    for address in ("/search/?query=beside", "/search/suggestions/?query=besi"):
        assert "Beside the site" not in client.get(address).content.decode()
        assert 'href="None"' not in client.get(address).content.decode()
    for address in ("search/?query=beside", "search/suggestions/?query=besi", "pages/?search=beside"):
        assert client.get(f"/api/v2/{address}").json()["items"] == []


def test_no_redirect_leads_to_it(beside, client):
    Redirect.add_redirect("/old", redirect_to=beside)

    assert client.get("/old/").status_code == 404
    assert client.get("/api/v2/pages/find/?html_path=/old/").status_code == 404
    assert client.get("/api/v2/redirects/").json()["items"] == []


NAMING_PAGES = [
    "/feed/", "/sitemap.xml", "/search/?query=galar", "/search/suggestions/?query=siar", "/therapists/",
    "/therapies/compare/", "/", "/find-a-therapist/", "/api/v2/paths/", "/api/v2/pages/?limit=50",
    "/api/v2/search/?query=siarad", "/api/v2/redirects/", "/api/v2/matching/", "/api/v2/comparisons/",
    "/api/v2/therapists/?concern=galar", "/api/v2/pages/find/?html_path=/hen",
]  # fmt: skip


def test_nothing_names_pages_of_a_language_that_has_gone(welsh_gone, client, subtests):
    for address in NAMING_PAGES:
        with subtests.test(address):
            names_none_of_them(client.get(address), 404 if address.endswith("/hen") else 200)


def names_none_of_them(answer, status):
    words = answer.content.decode()

    assert answer.status_code == status
    assert [
        word for word in ("Galar", "Siarad", "Cartref", "ffioedd", "/cy/", 'href="None"') if word in words
    ] == []


def test_each_record_is_there_once_when_a_language_has_gone(welsh_gone, client):
    assert [name for _key, name in FormChoices.today().concerns] == ["Grief"]
    assert len(load_candidates(timezone.localdate(), {})) == 1
    assert len(ElementTree.fromstring(client.get("/feed/").content).findall("{*}entry")) == 2
    assert len(client.get("/api/v2/therapists/").json()["items"]) == 1


def test_a_third_language_may_go_too(db, client):
    """Two are left: so pages are told apart by language, and this one has none of theirs."""
    with speaking(WELSH):
        two = make_two_languages(Locale.objects.create(language_code="cy"))
        french = Locale.objects.create(language_code="fr")
        accueil = in_language(french, two.home, title="Accueil")
        Redirect.add_redirect("/vieux", redirect_to=accueil)

        assert is_public(two.cartref)
        assert not is_public(accueil)
        assert "Accueil" not in client.get("/api/v2/pages/").content.decode()
        assert client.get("/vieux/").status_code == 404
