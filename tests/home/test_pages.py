"""The front page and the pages of plain information, as a visitor gets them."""

import json
from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.template import Context, Template
from django.test import Client
from wagtail.models import PageViewRestriction, Site

from home.models import CrisisHelp, PracticeSettings
from tests.factories.home import InfoPageFactory, ReviewerFactory, make_site

pytestmark = pytest.mark.django_db


def stream(*blocks):
    return json.dumps([{"type": name, "value": value} for name, value in blocks])


def page_of(path):
    response = Client().get(path)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


@pytest.mark.guide("Front page: the first words a visitor reads, and one clear next step")
def test_the_front_page_has_one_heading_and_leads_to_the_first_step():
    home = make_site()
    first_step = InfoPageFactory(parent=home, slug="begin")
    home.first_step_page = first_step
    home.first_step_label = "Begin here"
    home.save()

    page = page_of("/")

    assert [heading.text for heading in page.find_all("h1")] == ["Someone to talk to"]
    assert page.find("a", string="Begin here")["href"] == "/begin/"


def test_there_is_no_address_of_what_a_template_does_not_know():
    template = Template("{% load page_links %}{% public_url self.page as url %}“{{ url }}”")

    assert template.render(Context({"self": {}})) == "“”"


def test_the_front_page_leads_only_where_anyone_may_read():
    home = make_site()
    open_page, draft, private = (
        InfoPageFactory(parent=home, title=name) for name in ("Open", "Draft", "Private")
    )
    draft.unpublish()
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    chosen = [private.pk, draft.pk, open_page.pk]
    for look in ("cards", "names"):
        value = {"heading": "Ways", "look": look, "pages": chosen, "all_of_them": private.pk}
        home.body = stream(("ways_in", value))
        home.first_step_page = draft
        home.save()

        main = page_of("/").find("main")

        assert [link["href"] for link in main.find_all("a")] == [open_page.url], look


def test_more_ways_in_cost_no_more_queries(django_assert_max_num_queries):
    home = make_site()
    pages = [InfoPageFactory(parent=home) for _ in range(8)]

    def queries(count):
        value = {"heading": "Ways", "look": "cards", "pages": [page.pk for page in pages[:count]]}
        home.body = stream(("ways_in", value))
        home.save()
        page_of("/")
        with django_assert_max_num_queries(40) as spent:
            page_of("/")
        return len(spent)

    assert queries(8) == queries(1)


@pytest.mark.guide("A page about health says who reviewed it, when, and when that is due again.")
def test_an_information_page_says_who_reviewed_it_and_how_to_report_a_problem():
    home = make_site()
    PracticeSettings.objects.update(contact_email="practice@example.org")
    InfoPageFactory(
        parent=home,
        slug="fees",
        title="Fees & costs",
        last_reviewed=date(2026, 1, 5),
        next_review_due=date(2028, 1, 5),
        reviewer=ReviewerFactory(),
    )

    review = page_of("/fees/").find(class_="review-line")

    assert "Last reviewed 5 January 2026 by Sample Reviewer, consultant clinical psychologist." in review.text
    assert "Next review due January 2028." in review.text
    assert "testserver%2Ffees%2F" in review.find("a")["href"]


def test_the_page_of_urgent_help_shows_the_help_lines_from_the_one_record():
    home = make_site()
    page = InfoPageFactory(parent=home, slug="urgent-help")
    line = {
        "name": "Samaritans",
        "what_for": "Anything",
        "phone": "116 123",
        "hours": "Always",
        "nations": "UK",
    }
    CrisisHelp.objects.create(site=Site.objects.get(), page=page, help_lines=stream(("help_line", line)))

    main = page_of("/urgent-help/").find("main")

    assert main.find("a", href="tel:116123")


@pytest.mark.guide(
    "The foot of every page says whom to ring.",
    "Practice: name, contact, where new enquiries are announced, and where “Leave this site” leads.",
)
def test_every_page_offers_urgent_help_and_a_way_off_the_site():
    home = make_site()
    PracticeSettings.objects.update(quick_exit_url="https://example.org/weather")
    InfoPageFactory(parent=home, slug="fees")

    for path in ("/", "/fees/"):
        page = page_of(path)
        assert page.find(class_="get-help")["href"] == "#urgent-help"
        assert page.find(id="urgent-help").find("a", href="tel:999")
        assert page.find(class_="quick-exit")["href"] == "https://example.org/weather"
        assert page.find(class_="skip-link")["href"] == "#main"
        assert not page.find_all(style=True)
        run = [script for script in page.find_all("script") if script.get("type") != "application/ld+json"]
        assert not [script for script in run if not script.get("src")]
