"""The keys of an answer name nothing that is not public, and tell when it will be."""

from wagtail.models import PageViewRestriction

from tests.factories.home import InfoPageFactory, make_site
from tests.factories.secrets import make_secrets


def test_what_is_left_out_is_not_named(client, db):
    home = make_secrets()
    hidden = {page.pk for page in [*home.get_descendants().filter(live=False)]} | set(
        PageViewRestriction.objects.values_list("page", flat=True)
    )
    response = client.get("/api/v2/pages/find/?html_path=/open/")
    keys = response["Surrogate-Key"].split()
    assert "newly-public" in keys
    assert not {f"page-{pk}" for pk in hidden} & set(keys)
    assert not [key for key in keys if key.startswith(("image-", "document-"))]


def test_a_page_below_a_hidden_one_changes_when_that_appears(client, db):
    section = InfoPageFactory(parent=make_site(), slug="section", live=False)
    InfoPageFactory(parent=section, slug="below")
    keys = client.get("/api/v2/pages/find/?html_path=/section/below/")["Surrogate-Key"].split()
    assert "newly-public" in keys
    assert f"page-{section.pk}" not in keys
