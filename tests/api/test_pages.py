from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import CollectionViewRestriction, PageViewRestriction, Site

from home.models import InfoPage, PracticeSettings
from tests.factories.home import PracticeImageFactory


def hide(page):
    PageViewRestriction.objects.create(page=page, restriction_type="login")


def titles(answer):
    return [row["title"] for row in answer["items"]]


def test_a_page_is_found_by_its_path_in_one_request(read, home, fees):
    answer = read("pages/find/?html_path=/fees/")

    assert answer["id"] == fees.pk
    assert answer["meta"]["type"] == "home.InfoPage"
    assert answer["meta"]["parent"]["id"] == home.pk
    assert answer["meta"]["breadcrumbs"] == [
        {
            "id": home.pk,
            "type": "home.HomePage",
            "title": "Home",
            "url": "http://testserver/",
            "summary": "",
            "picture": None,
        }
    ]
    assert answer["meta"]["seo"]["canonical"] == "http://testserver/fees/"
    assert answer["summary"] == "What a session costs."


@pytest.mark.parametrize("path", ["/fees", "fees/", "//fees//", "/fees/?utm=1", "/f%65es/"])
def test_a_path_may_be_written_in_many_ways(read, fees, path):
    assert read(f"pages/find/?html_path={path.replace('?', '%3F')}")["id"] == fees.pk


def test_a_card_can_be_made_of_a_reference(read, home, fees):
    image = PracticeImageFactory(description="A till")
    fees.social_image = image
    fees.save_revision().publish()

    [child] = read("pages/find/?html_path=/")["meta"]["children"]
    assert child["summary"] == "What a session costs."
    assert child["picture"]["alt"] == "A till"
    assert list(child["picture"]["srcset"]) == ["social"]

    CollectionViewRestriction.objects.create(collection=image.collection, restriction_type="login")
    [child] = read("pages/find/?html_path=/")["meta"]["children"]
    assert child["picture"] is None


def test_the_front_page_lists_its_public_children(read, home, fees):
    secret = home.add_child(instance=InfoPage(title="Secret", slug="secret"))
    hide(secret)

    children = read("pages/find/?html_path=/")["meta"]["children"]

    assert [child["title"] for child in children] == ["Fees"]


def test_a_page_tells_search_engines_what_it_says(read, fees):
    seo = read("pages/find/?html_path=/fees/")["meta"]["seo"]

    [page] = [node for node in seo["structured_data"]["@graph"] if node["@type"] == "WebPage"]
    [trail] = [node for node in seo["structured_data"]["@graph"] if node["@type"] == "BreadcrumbList"]
    assert page["description"] == "What a session costs."
    assert [step["name"] for step in trail["itemListElement"]] == ["Home", "Fees"]
    assert seo["picture"] is None  # neither the page nor the practice has one


def test_a_page_without_a_picture_has_the_practices(read, fees):
    PracticeSettings.objects.create(
        site=Site.objects.get(is_default_site=True), share_image=PracticeImageFactory()
    )

    assert read("pages/find/?html_path=/fees/")["meta"]["seo"]["picture"]["alt"] == "Two chairs by a window"


def test_structured_data_names_no_hidden_page(read, home, fees):
    below = fees.add_child(instance=InfoPage(title="Reduced fees", slug="reduced"))
    fees.unpublish()

    answer = read(f"pages/{below.pk}/")["meta"]["seo"]["structured_data"]

    assert "Reduced fees" in str(answer)
    assert "/fees/'" not in str(answer)


def test_a_redirect_says_where_to_go(read, home, fees):
    Redirect.add_redirect("/prices/", redirect_to=fees, is_permanent=True)

    for path in ("/prices", "/prices/"):
        answer = read(f"pages/find/?html_path={path}")
        assert answer == {
            "type": "redirect",
            "redirect": {"location": "http://testserver/fees/", "permanent": True},
        }


def test_a_redirect_to_a_hidden_page_leads_nowhere(read, home, fees):
    Redirect.add_redirect("/prices", redirect_to=fees)
    hide(fees)

    read("pages/find/?html_path=/prices", status=404)
    assert read("redirects/?fields=*")["items"] == []


def test_expired_and_hidden_pages_are_not_there(read, home, fees):
    old = home.add_child(instance=InfoPage(title="Old", slug="old"))
    old.expire_at = timezone.now() - timedelta(minutes=1)
    old.save()
    hide(fees)

    for page in (old, fees):
        read(f"pages/{page.pk}/", status=404)
        read(f"pages/find/?html_path=/{page.slug}/", status=404)
    assert titles(read("pages/")) == ["Home"]


def test_lists_take_filters_order_and_search(search_index, read, home, fees):
    home.add_child(instance=InfoPage(title="About us", slug="about"))

    assert titles(read("pages/")) == ["Home", "Fees", "About us"]
    assert titles(read("pages/?child_of=root")) == ["Fees", "About us"]
    assert titles(read(f"pages/?ancestor_of={fees.pk}")) == ["Home"]
    assert titles(read("pages/?order=title")) == ["About us", "Fees", "Home"]
    assert titles(read("pages/?slug=fees,about&order=-title")) == ["Fees", "About us"]
    assert titles(read("pages/?type=home.InfoPage&limit=1&offset=1")) == ["About us"]
    assert titles(read("pages/?search=session costs")) == ["Fees"]
    assert titles(read("pages/?search=fees us home&search_operator=or&order=-title")) == [
        "Home",
        "Fees",
        "About us",
    ]
    assert titles(read("pages/?search=&order=title")) == []
    assert titles(read("pages/?show_in_menus=true")) == []
    assert len(titles(read("pages/?show_in_menus=false"))) == 3


def test_rich_text_has_absolute_links_and_none_to_hidden_pages(read, home, fees):
    secret = home.add_child(instance=InfoPage(title="Secret", slug="secret"))
    hide(secret)
    fees.body = [
        (
            "paragraph",
            f'<p data-block-key="k">See <a linktype="page" id="{home.pk}">home</a>, '
            f'<a linktype="page" id="{secret.pk}">this</a> or <a href="/fees/">that</a>.</p>',
        )
    ]
    fees.save_revision().publish()

    [block] = read(f"pages/{fees.pk}/")["body"]

    assert block["type"] == "paragraph"
    assert block["id"]
    assert block["value"] == (
        '<p>See <a href="http://testserver/">home</a>, this or <a href="http://testserver/fees/">that</a>.</p>'
    )


def test_links_lead_to_the_site_and_files_to_the_api(read, home, fees, settings):
    settings.WAGTAILAPI_BASE_URL = "https://cms.example"
    Redirect.add_redirect("/prices", redirect_to="/fees/?from=prices", is_permanent=True)
    fees.body = [("paragraph", '<p><a href="/fees/">here</a></p>')]
    fees.social_image = PracticeImageFactory()
    fees.save_revision().publish()

    page = read("pages/find/?html_path=/fees/")

    assert 'href="http://testserver/fees/"' in page["body"][0]["value"]
    assert page["social_image"]["src"].startswith("https://cms.example/media/")
    assert page["meta"]["seo"]["picture"]["url"].startswith("https://cms.example/media/")
    location = read("pages/find/?html_path=/prices")["redirect"]["location"]
    assert location == "http://testserver/fees/?from=prices"


def test_an_unchanged_answer_is_not_sent_again(client, home):
    first = client.get("/api/v2/pages/")
    second = client.get("/api/v2/pages/", headers={"if-none-match": first["ETag"]})

    assert first["Cache-Control"].startswith("public")
    assert second.status_code == 304
    assert second["ETag"] == first["ETag"]


@pytest.mark.parametrize("address", ["/api/v2/pages/", "/api/v2/pages/find/?html_path=/fees/", "/fees/"])
def test_head_is_answered_as_get_is(client, fees, address):
    got, head = client.get(address), client.head(address)
    names = ("ETag", "Cache-Control", "Content-Type", "Surrogate-Key", "Vary")
    again = client.head(address, headers={"if-none-match": got["ETag"]})

    assert {name: head[name] for name in names} == {name: got[name] for name in names}
    assert (head.status_code, head.content, again.status_code) == (200, b"", 304)


def test_another_origin_may_read_only_if_it_is_listed(client, home, settings):
    settings.CORS_ALLOWED_ORIGINS = ["https://app.example"]

    listed = client.get("/api/v2/pages/", headers={"origin": "https://app.example"})
    stranger = client.get("/api/v2/pages/", headers={"origin": "https://other.example"})

    assert listed["Access-Control-Allow-Origin"] == "https://app.example"
    assert "Access-Control-Allow-Origin" not in stranger
    assert "Access-Control-Allow-Credentials" not in listed
