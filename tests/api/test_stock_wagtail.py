"""What Wagtail's own API v2 gives stands here too, in the same place and shape, beside what is ours."""

from types import ModuleType

import pytest
from django.test import override_settings
from django.urls import path
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.views import PagesAPIViewSet
from wagtail.contrib.redirects.api import RedirectsAPIViewSet
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents.api.v2.views import DocumentsAPIViewSet
from wagtail.images.api.v2.views import ImagesAPIViewSet
from wagtail.models import PageViewRestriction

from config import urls
from config.api import api_router
from tests.factories.home import InfoPageFactory, PracticeImageFactory, make_site
from tests.factories.secrets import DocumentFactory

STOCK = {
    "pages": PagesAPIViewSet,
    "images": ImagesAPIViewSet,
    "documents": DocumentsAPIViewSet,
    "redirects": RedirectsAPIViewSet,
}
#: Of the same type as in the stock API, but with another value: `docs/api.md` says why.
OTHER_VALUES = ("detail_url", "download_url", "width", "height", "location")


@pytest.fixture(scope="module")
def stock_beside_ours():
    router = WagtailAPIRouter("stock")
    for name, endpoint in STOCK.items():
        router.register_endpoint(name, endpoint)
    both = ModuleType("urls_of_both")
    both.urlpatterns = [path("stock/", router.urls), *urls.urlpatterns]
    with override_settings(ROOT_URLCONF=both):
        yield


@pytest.fixture(scope="module")
def practice(module_database):
    home = make_site()
    fees = InfoPageFactory(parent=home, title="Fees", slug="fees", show_in_menus=True)
    fees.create_alias(parent=fees, update_slug="again")
    image, document = PracticeImageFactory(file__width=400), DocumentFactory()
    for one in (image, document):
        one.tags.add("room", "chair")
    Redirect.add_redirect("/prices", redirect_to=fees)
    return home


def differences(stock, ours, place=""):
    """Yield what a client of the stock API would miss, or could not read."""
    match stock:
        case dict() if isinstance(ours, dict):
            yield from (f"{place}.{key} is missing" for key in stock if key not in ours)
            for key in stock.keys() & ours.keys():
                yield from differences(stock[key], ours[key], f"{place}.{key}")
        case list() if isinstance(ours, list) and len(ours) == len(stock):
            for at, (one, other) in enumerate(zip(stock, ours, strict=True)):
                yield from differences(one, other, f"{place}[{at}]")
        case _ if type(stock) is not type(ours) or (stock != ours and not place.endswith(OTHER_VALUES)):
            yield f"{place} is {ours!r} and not {stock!r}"


@pytest.mark.parametrize("name", STOCK)
def test_each_field_of_the_stock_api_is_in_its_place(name):
    stock, ours = STOCK[name], api_router._endpoints[name]

    assert set(stock.body_fields) <= set(ours.body_fields)
    assert set(stock.meta_fields) <= set(ours.meta_fields)
    assert set(stock.listing_default_fields) <= set(ours.listing_default_fields)


@pytest.mark.parametrize("name", STOCK)
def test_each_record_can_be_read_as_one_of_the_stock_api(client, stock_beside_ours, practice, db, name):
    stock = STOCK[name]
    fields = ",".join({*stock.body_fields, *stock.meta_fields})
    in_both = {row["id"] for row in client.get(f"/stock/{name}/").json()["items"]}
    assert len(in_both) >= {"pages": 3}.get(name, 1)
    for pk in in_both:
        theirs = client.get(f"/stock/{name}/{pk}/?fields=_,{fields}").json()
        assert list(differences(theirs, client.get(f"/api/v2/{name}/{pk}/").json())) == []


@pytest.mark.parametrize("name", STOCK)
def test_each_list_can_be_read_as_one_of_the_stock_api(client, stock_beside_ours, practice, db, name):
    theirs = client.get(f"/stock/{name}/").json()
    everything = client.get(f"/stock/{name}/?fields=*").json()

    assert list(differences(theirs, client.get(f"/api/v2/{name}/?order=id").json())) == []
    assert list(differences(everything, client.get(f"/api/v2/{name}/?order=id&fields=*").json())) == []


def test_a_picture_is_downloaded_in_its_largest_rendition_and_never_as_it_was_uploaded(client, practice, db):
    [image] = client.get("/api/v2/images/?fields=*").json()["items"]

    assert image["meta"]["download_url"] == image["picture"]["src"]
    assert (image["width"], image["height"]) == (image["picture"]["width"], image["picture"]["height"])
    assert "original_images" not in client.get("/api/v2/images/?fields=*").content.decode()


def test_an_alias_names_its_page_unless_that_is_hidden(client, practice, db):
    fees = practice.get_children().get()
    [alias] = fees.aliases.all()
    address = f"/api/v2/pages/{alias.pk}/"

    assert client.get(address).json()["meta"]["alias_of"]["title"] == "Fees"
    assert client.get(f"/api/v2/pages/{fees.pk}/").json()["meta"]["alias_of"] is None
    alias.move(practice, "last-child")
    section = InfoPageFactory(parent=practice)
    fees.move(section, "last-child")
    PageViewRestriction.objects.create(page=section, restriction_type="login")
    hidden = client.get(address)
    assert hidden.json()["meta"]["alias_of"] is None
    assert "newly-public" in hidden["Surrogate-Key"].split()


def test_json_is_written_for_machines_and_for_browsers_with_line_breaks(client, practice, db):
    machine = client.get("/api/v2/pages/", headers={"accept": "application/json"})
    browser = client.get("/api/v2/pages/", headers={"accept": "text/html,application/xhtml+xml,*/*;q=0.8"})

    assert machine.content.startswith(b'{"meta":{"total_count":')
    assert browser.content.startswith(b'{\n  "meta": {\n')
    assert machine.json() == browser.json()
