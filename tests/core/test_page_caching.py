import pytest
from django.contrib.auth import get_user_model
from wagtail.models import PageViewRestriction

from core.caching.until_midnight import until_midnight
from tests.factories.home import InfoPageFactory, make_site
from tests.factories.therapies import TherapyIndexPageFactory, TherapyPageFactory


@pytest.fixture
def fees(db):
    return InfoPageFactory(parent=make_site(), slug="fees")


def test_shared_caches_keep_a_page_for_readers_without_a_session(client, fees, settings):
    response = client.get("/fees/")
    assert response["Cache-Control"] == until_midnight(settings.PAGE_CACHE_CONTROL)
    assert response["Vary"] == "Cookie, Accept-Encoding"
    assert response["Surrogate-Key"] == f"all html page-{fees.pk}"
    assert client.get("/fees/", headers={"If-None-Match": response["ETag"]}).status_code == 304
    assert client.head("/fees/")["Cache-Control"] == until_midnight(settings.PAGE_CACHE_CONTROL)


def test_a_routed_page_is_kept_too(client, fees):
    index = TherapyIndexPageFactory(parent=fees.get_parent())
    for name in ("DIT", "IPT"):
        TherapyPageFactory(parent=index, abbreviation=name)
    assert f"page-{index.pk}" in client.get("/therapies/compare/dit-vs-ipt/")["Surrogate-Key"]


def test_a_reader_with_a_session_gets_a_page_of_their_own(client, fees):
    client.force_login(get_user_model().objects.create_user("reader"))
    response = client.get("/fees/")
    assert response["Cache-Control"] == "private, no-cache"
    assert "Surrogate-Key" not in response


def test_what_someone_looks_for_is_kept_by_no_one(client, fees):
    assert client.get("/fees/?concern=grief")["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize("kind", ["password", "login"])
def test_no_cache_keeps_the_login_of_a_restricted_page(client, fees, kind):
    PageViewRestriction.objects.create(page=fees, restriction_type=kind, password="open sesame")
    response = client.get("/fees/")
    assert "public" not in response.get("Cache-Control", "")
    assert "Surrogate-Key" not in response


def test_no_cache_keeps_a_page_that_is_not_there(client, fees):
    fees.unpublish()
    response = client.get("/fees/")
    assert response.status_code == 404
    assert "public" not in response.get("Cache-Control", "")


def test_an_answer_that_sets_a_cookie_is_for_one_reader(client, fees, monkeypatch):
    serve = type(fees).serve

    def serve_with_cookie(page, request, *args, **kwargs):
        response = serve(page, request, *args, **kwargs)
        response.set_cookie("seen", "1")
        return response

    monkeypatch.setattr(type(fees), "serve", serve_with_cookie)
    assert client.get("/fees/")["Cache-Control"] == "private, no-cache"
