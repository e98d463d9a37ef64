"""Previews of a draft as search results and shared links show it, for every page type."""

import pytest
from django.urls import reverse
from wagtail.models import get_page_models

from core.models import BasePage
from tests.factories.home import InfoPageFactory, make_site
from tests.factories.secrets import make_secrets

PAGE_TYPES = [model for model in get_page_models() if issubclass(model, BasePage)]


def shown(client, page, mode):
    answer = client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]), {"mode": mode})
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.guide("Below it, choose to see the draft as a search result or as a shared link instead.")
def test_every_page_type_is_previewed_as_a_page_a_search_result_and_a_shared_link(db, admin_client):
    make_secrets()
    for page_type in PAGE_TYPES:
        page = page_type.objects.first()
        modes = [mode for mode, _label in page.preview_modes]
        assert modes[:1] == [""] and {"search-result", "shared-link"} < {*modes}, page_type
        assert "In the search of this site" in shown(admin_client, page, "search-result"), page_type
        assert 'class="card__title"' in shown(admin_client, page, "shared-link"), page_type


def test_a_draft_is_shown_with_its_own_words(db, admin_client):
    page = InfoPageFactory(parent=make_site(), title="Fees", summary="What it costs.")
    page.title, page.seo_title, page.search_description = "New fees", "Fees from May", "What it will cost."
    page.save_revision()
    engine, _, own = shown(admin_client, page, "search-result").partition("In the search of this site")
    assert "Fees from May – " in engine and "What it will cost." in engine
    assert "New fees" in own and "What it costs." in own
    link = shown(admin_client, page, "shared-link").partition("<main")[2]
    assert "Fees from May" in link and "What it will cost." in link
    assert "There is no picture: neither this page nor the practice has one for sharing." in link
