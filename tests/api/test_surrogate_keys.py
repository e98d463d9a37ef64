"""Each answer names what it is made of, and nothing that is not public."""

import pytest
from wagtail.contrib.redirects.models import Redirect

from core.caching.surrogate_keys import MOST_OF_A_KIND, SurrogateKeys
from home.models import Navigation
from tests.factories.home import InfoPageFactory, PracticeImageFactory, ReviewerFactory, make_site
from tests.factories.secrets import DocumentFactory
from tests.factories.therapies import (
    ComparisonDimensionFactory,
    ConcernIndexPageFactory,
    ConcernPageFactory,
    DimensionValueFactory,
    TherapyEvidenceFactory,
    TherapyIndexPageFactory,
    TherapyPageFactory,
)


@pytest.fixture(scope="module")
def stored_practice(module_database):
    home = make_site()
    index, concerns = TherapyIndexPageFactory(parent=home), ConcernIndexPageFactory(parent=home)
    low = ConcernPageFactory(parent=concerns, slug="low")
    dit = TherapyPageFactory(parent=index, slug="dynamic", abbreviation="DIT")
    ipt = TherapyPageFactory(parent=index, slug="interpersonal", abbreviation="IPT")
    DimensionValueFactory(therapy=dit, dimension=ComparisonDimensionFactory(key="focus"))
    TherapyEvidenceFactory(therapy=dit, concern=low)
    image, document = PracticeImageFactory(), DocumentFactory()
    text = f'<a linktype="page" id="{low.pk}">low</a> <a linktype="document" id="{document.pk}">paper</a>'
    body = [("paragraph", text), ("figure", {"image": image, "caption": ""})]
    fees = InfoPageFactory(parent=home, slug="fees", body=body, reviewer=ReviewerFactory())
    Navigation.objects.create(site=home.get_site(), header=[("link", {"page": fees})])
    Redirect.add_redirect("/old", redirect_to=fees)
    return {
        f"page-{page.pk}": name
        for name, page in {
            "home": home,
            "index": index,
            "concerns": concerns,
            "low": low,
            "dit": dit,
            "ipt": ipt,
            "fees": fees,
        }.items()
    } | {f"image-{image.pk}": "image", f"document-{document.pk}": "document"}


@pytest.fixture
def practice(stored_practice, db, search_index):
    return stored_practice


@pytest.fixture
def keys(client, practice):
    """The keys of an answer, with the ids of pages, pictures and documents as names."""

    def read(address):
        response = client.get(f"/api/v2/{address}")
        assert response.status_code == 200, response.content
        named = practice | {
            key.replace("page-", "children-"): f"below {name}"
            for key, name in practice.items()
            if key.startswith("page-")
        }
        return {named.get(key, key) for key in response["Surrogate-Key"].split()} - {"all"}

    return read


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (
            "pages/find/?html_path=/fees/",
            {"fees", "below fees", "home", "low", "image", "document", "facts", "settings"},
        ),
        ("therapies/?fields=_,title", {"dit", "ipt", "type-therapies.TherapyPage"}),
        (
            "therapies/?fields=_,evidence&limit=1",
            {"dit", "low", "facts", "newly-public", "type-therapies.TherapyPage"},
        ),
        (
            "therapies/?concern=low&fields=_,title",
            {"dit", "type-therapies.TherapyPage", "type-wagtailcore.Page"},
        ),
        (
            "concerns/?fields=_,evidence",
            {"low", "dit", "facts"} | {"type-therapies.TherapyPage", "type-therapies.ConcernPage"},
        ),
        ("comparisons/dit-vs-ipt/", {"dit", "ipt", "facts", "newly-public"}),
        ("dimensions/", {"facts", "type-therapies.ComparisonDimension"}),
        ("references/", {"facts", "type-therapies.Reference"}),
        ("images/?fields=_,title", {"image", "type-core.PracticeImage"}),
        ("documents/", {"document", "type-wagtaildocs.Document"}),
        (
            "redirects/",
            {"fees", "redirects", "newly-public", "type-wagtailredirects.Redirect", "type-wagtailcore.Page"},
        ),
        ("pages/find/?html_path=/old", {"fees", "redirects", "newly-public"}),
        ("site/", {"fees", "settings"}),
        ("paths/", {"type-wagtailcore.Page"}),
        ("problems/", set()),
    ],
)
def test_an_answer_names_what_it_is_made_of(keys, address, expected):
    assert keys(address) == expected


def test_of_very_many_records_the_type_is_named():
    shown = SurrogateKeys()
    for pk in range(MOST_OF_A_KIND + 1):
        shown.add_page(pk)
    assert list(shown) == ["all", "type-wagtailcore.Page"]


def test_other_caches_read_other_headers(client, practice, settings):
    settings.SURROGATE_KEY_HEADERS = ["Cache-Tag"]
    response = client.get("/api/v2/paths/")
    assert response["Cache-Tag"] == "all,type-wagtailcore.Page"
    assert "Surrogate-Key" not in response


@pytest.mark.parametrize("address", ["search/?query=low", "pages/?colour=red", "pages/0/"])
def test_what_no_cache_keeps_names_nothing(client, practice, address):
    response = client.get(f"/api/v2/{address}")
    assert response["Cache-Control"] == "no-store"
    assert "Surrogate-Key" not in response


def test_an_answer_varies_by_what_is_asked_for_and_from_where_and_by_no_cookie(client, practice):
    client.cookies["sessionid"] = "k" * 32
    response = client.get("/api/v2/pages/")
    assert sorted(response["Vary"].split(", ")) == ["Accept", "Accept-Encoding", "origin"]
    assert not response.cookies


@pytest.mark.parametrize("address", ["pages/", "pages/find/?html_path=/", "site/", "paths/", "search/"])
def test_head_is_answered_as_get_is(client, practice, address):
    got, head = client.get(f"/api/v2/{address}"), client.head(f"/api/v2/{address}")
    assert head.status_code == 200
    assert head.content == b""
    for name in ("Cache-Control", "Vary", "Surrogate-Key", "Content-Type"):
        assert head.get(name) == got.get(name)
