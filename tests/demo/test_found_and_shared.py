"""Every public page of the demo site, as a search engine meets it."""

import re
from http import HTTPStatus

import pytest
from wagtail.models import Page, Site

from tests.demo.reader import Reader, public_pages
from tests.structured_data import graph_in, of_type, problems

DESCRIPTION = re.compile(r'<meta name="description" content="([^"]*)">')
TITLE = re.compile(r"<title>([^<]*)</title>")


def read(reader: Reader, page: Page) -> str:
    answer = reader.read(page.get_url())
    assert answer.status == HTTPStatus.OK, page
    return answer.html


def test_every_page_describes_itself_validly(reader: Reader) -> None:
    kinds = set()
    for page in public_pages():
        graph = graph_in(read(reader, page))
        assert problems(graph) == [], page
        own = graph[2]
        assert own["url"] == page.full_url
        assert own["@type"] == page.schema_type
        assert of_type(graph, "BreadcrumbList")["itemListElement"][-1]["item"] == page.full_url
        kinds |= {node["@type"] for node in graph}
    assert kinds >= {"Organization", "WebSite", "MedicalWebPage", "ProfilePage", "FAQPage", "CollectionPage"}


def test_every_page_has_a_title_and_a_description_of_its_own(reader: Reader) -> None:
    pages = {page: read(reader, page) for page in public_pages()}
    titles = [TITLE.search(html).group(1) for html in pages.values()]
    descriptions = [(DESCRIPTION.search(html) or [None, ""])[1] for html in pages.values()]
    assert all(titles)
    assert len(set(titles)) == len(titles)
    assert [str(page) for page, words in zip(pages, descriptions, strict=True) if not words] == []
    assert len(set(descriptions)) == len(descriptions)


def test_therapy_says_what_it_is_and_what_it_rests_on(reader: Reader) -> None:
    page = Page.objects.get(slug="interpersonal-therapy").specific
    own = of_type(graph_in(read(reader, page)), "MedicalWebPage")
    assert own["mainEntity"]["@type"] == "PsychologicalTreatment"
    assert "IPT" in own["mainEntity"]["alternateName"]
    assert own["citation"]
    assert own["lastReviewed"] == page.last_reviewed.isoformat()


def test_made_up_therapist_does_not_pretend(reader: Reader) -> None:
    page = Page.objects.filter(url_path__contains="/therapists/", depth=4).first().specific
    html = read(reader, page)
    person = of_type(graph_in(html), "ProfilePage")["mainEntity"]
    assert person["@type"] == "Person"
    assert "made-up person" in person["description"]
    assert "hasCredential" not in person
    assert "made-up person" in DESCRIPTION.search(html).group(1)


def test_address_of_the_site_is_the_one_that_is_told(reader: Reader) -> None:
    site = Site.objects.get(is_default_site=True)
    graph = graph_in(reader.read("/").html)
    assert of_type(graph, "Organization")["url"] == f"{site.root_url}/"


@pytest.mark.parametrize(
    "address",
    ["/search/?query=grief", "/therapists/?therapy=interpersonal-therapy", "/therapists/compare/?t=nobody"],
)
def test_what_is_one_readers_own_is_in_no_index(reader: Reader, address: str) -> None:
    html = reader.read(address).html
    assert re.search(r'<meta name="robots" content="noindex[^"]*">', html)
