"""The site that an owner gets: whole, true, and nobody else's."""

import json
import re

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError
from wagtail.models import Page, PageLogEntry, Revision, Site

from core.visibility import public
from home.models import CrisisHelp, GlossaryTerm, Navigation, PracticeSettings
from new_practice.founding import STARTER, lead_to_this_port, urgent_help
from new_practice.nations import Nation
from tests.demo.content import FORBIDDEN
from tests.demo.reader import Reader
from tests.link_crawl import Crawl
from tests.new_practice.conftest import OWNER, make_practice
from therapies.models import ComparisonDimension, ConcernPage, Reference, TherapyPage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_practice")]

PAGES = [
    "/",
    "/about/",
    "/accessibility/",
    "/complaints/",
    "/concerns/",
    "/fees/",
    "/find-a-therapist/",
    "/get-help-now/",
    "/how-matching-works/",
    "/privacy/",
    "/therapies/",
    "/therapists/",
]
#: Of the sample practice, and of Wagtail's welcome.
OF_OTHERS = re.compile(r"My Therapist Online|MTO-|Welcome to your new|demonstration|fictional")
PROMISES = re.compile(r"\b(free (of|first|initial)|for free|always|within \d+|best)\b", re.IGNORECASE)


@pytest.mark.guide(
    "Do the same for the other pages, whose first words hold for any practice and know nothing of yours.",
)
def test_every_page_is_there_is_linked_and_says_nothing_of_others(search_index: None) -> None:
    reader = Reader()
    crawl = Crawl(reader)
    crawl.run("/", "/robots.txt", "/sitemap.xml", "/feed/", "/search/?query=fees", "/api/v2/site/", *PAGES)
    assert crawl.broken == []
    assert [page.get_url() for page in public(Page.objects.filter(depth__gt=1)).order_by("url_path")] == PAGES
    told = [*crawl.seen, "/nothing-here/", "/admin/login/", "/api/v2/openapi.json", "/styleguide/"]
    texts = {address: reader.read(address).content.decode() for address in told if "/static/" not in address}
    assert {address: found for address, text in texts.items() if (found := OF_OTHERS.findall(text))} == {}
    front = texts["/"]
    assert "Harbour &amp; Hill Therapy" in front
    assert "Harbour & Hill" not in front.replace(json.dumps(OWNER["PRACTICE_NAME"]), "")
    for address in ("/about/", "/fees/", "/complaints/", "/privacy/", "/accessibility/"):
        assert 'href="mailto:hello@harbourhill.example"' in reader.read(address).soup.main.decode(), address
    assert "Harbour &amp; Hill Therapy, 1 Shore Street, Leith" in texts["/privacy/"]
    assert "We checked these numbers" not in texts["/get-help-now/"]


def test_the_starter_words_promise_nothing_and_say_it_plainly() -> None:
    for path in STARTER.rglob("*.toml"):
        words = path.read_text()
        assert FORBIDDEN.findall(words) == [], path
        assert PROMISES.findall(words) == [], path


def test_its_settings_name_the_practice_its_help_lines_and_its_pages() -> None:
    site = Site.objects.get()
    assert (site.hostname, site.port, site.site_name) == ("localhost", 80, OWNER["PRACTICE_NAME"])
    practice = PracticeSettings.for_site(site)
    assert (practice.practice_name, practice.contact_email) == (
        OWNER["PRACTICE_NAME"],
        OWNER["PRACTICE_EMAIL"],
    )
    assert practice.enquiries_email == OWNER["PRACTICE_EMAIL"]
    assert practice.company_details == OWNER["PRACTICE_POSTAL_ADDRESS"]
    assert practice.enquiry_page.slug == "find-a-therapist"
    lines = [line.value for line in CrisisHelp.for_site(site).help_lines]
    assert {line["nations"] for line in lines} == {"UK", "Scotland", "England, Scotland and Wales"}
    assert all(line["source"] and line["checked_on"] for line in lines if not line["is_emergency"])
    assert CrisisHelp.for_site(site).page.slug == "get-help-now"
    linked = [
        link["page"].slug for group in Navigation.for_site(site).footer for link in group.value["links"]
    ]
    assert {"complaints", "privacy", "find-a-therapist"} <= set(linked)
    for kind in (PracticeSettings, CrisisHelp, Navigation):
        kind.for_site(site).full_clean()
    assert ComparisonDimension.objects.filter(live=True).count() == 10
    assert not TherapyPage.objects.exists()


@pytest.mark.parametrize("nation", Nation)
def test_each_nation_has_somebody_for_every_need(nation: Nation) -> None:
    lines = urgent_help(nation)["help_lines"]
    assert any(line.get("is_emergency") for line in lines)
    assert {"under_18", "domestic_abuse"} <= {line.get("especially_for") for line in lines}
    assert any("text_number" in line for line in lines)


def test_its_administrator_can_sign_in_and_nobody_else_can() -> None:
    [olive] = get_user_model().objects.all()
    assert (olive.username, olive.email, olive.is_superuser) == (
        "olive",
        OWNER["DJANGO_SUPERUSER_EMAIL"],
        True,
    )
    assert olive.check_password(OWNER["DJANGO_SUPERUSER_PASSWORD"])


def state() -> list[object]:
    pages = list(Page.objects.order_by("pk").values_list("pk", "url_path", "latest_revision", "live"))
    others = [kind.objects.count() for kind in (Revision, PageLogEntry, Reference, GlossaryTerm)]
    return [pages, others, list(get_user_model().objects.values_list("username", "password"))]


def test_a_second_run_changes_nothing() -> None:
    before = state()
    assert "nothing was changed" in make_practice("--with", "therapies")
    assert "nothing was changed" in make_practice(**dict.fromkeys(OWNER))
    assert state() == before


def test_another_port_is_followed_and_a_name_of_its_own_is_kept() -> None:
    lead_to_this_port("http://localhost:8431")
    assert Site.objects.get().root_url == "http://localhost:8431"
    Site.objects.update(hostname="www.harbourhill.example", port=443)
    lead_to_this_port("http://localhost:8000")
    assert Site.objects.get().root_url == "https://www.harbourhill.example"


def test_the_site_of_another_practice_is_left_alone() -> None:
    before = state()
    with pytest.raises(
        CommandError, match=r"holds a site already: Harbour & Hill Therapy, at http://localhost/"
    ):
        make_practice(PRACTICE_NAME="Another practice")
    assert state() == before
    assert ConcernPage.objects.count() == 0
