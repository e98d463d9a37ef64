"""Where the summary of a page stands, and what is written for lists instead."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from wagtail.models import Site

from home.models import CrisisHelp
from tests.factories.home import InfoPageFactory, make_site
from tests.factories.matching import MatchingPageFactory
from tests.factories.therapies import (
    ComparisonPageFactory,
    ConcernIndexPageFactory,
    ConcernPageFactory,
    TherapyIndexPageFactory,
    TherapyPageFactory,
)
from tests.factories.therapists import TherapistIndexPageFactory, TherapistPageFactory

pytestmark = pytest.mark.django_db


def read(client: Client, address: str) -> BeautifulSoup:
    return BeautifulSoup(client.get(address).content, "html.parser")


@pytest.mark.guide(
    "Every page has a summary: it stands under the title, in search results, where someone shares the page, "
    "and in lists that have nothing shorter.",
    "The matching page and the page of urgent help begin with words of their own.",
)
def test_a_summary_is_shared_found_and_stands_below_the_title(client: Client, search_index: None) -> None:
    home = make_site()
    therapies, directory = TherapyIndexPageFactory(parent=home), TherapistIndexPageFactory(parent=home)
    with_help = InfoPageFactory(parent=home, summary="Quokkas, at once.")
    CrisisHelp.objects.create(site=Site.objects.get(), page=with_help)
    one, other = (TherapyPageFactory(parent=therapies, summary=f"Quokkas, {n}.") for n in "ab")
    pages = [
        one,
        ComparisonPageFactory(parent=therapies, first=one, second=other, summary="Quokkas, compared."),
        ConcernPageFactory(parent=ConcernIndexPageFactory(parent=home), summary="Quokkas, felt."),
        TherapistPageFactory(parent=directory, summary="Quokkas, listening.", is_sample=False),
        InfoPageFactory(parent=home, summary="Quokkas, explained."),
        MatchingPageFactory(parent=home, summary="Quokkas, matched."),
        with_help,
    ]
    found = read(client, "/search/?query=quokkas").main.get_text()
    for page in pages:
        shown = read(client, page.url)
        assert shown.select_one("meta[property='og:description']")["content"] == page.summary
        assert page.summary in found
        assert (page.summary in shown.main.get_text()) == (page not in pages[-2:]), page


@pytest.mark.guide(
    "Every page has a summary: it stands under the title, in search results, where someone shares the page, "
    "and in lists that have nothing shorter.",
    "In a line is for lists: what one would do there, or what it feels like.",
)
def test_lists_have_the_summary_where_nothing_shorter_is_written_for_them(client: Client) -> None:
    home = make_site()
    lists = TherapyIndexPageFactory(parent=home), ConcernIndexPageFactory(parent=home)
    for parent, factory in zip(lists, (TherapyPageFactory, ConcernPageFactory), strict=True):
        factory(parent=parent, summary="Two quokkas.", in_short="")
        factory(parent=parent, summary="Three quokkas.", in_short="One line.")
        lines = {line.get_text() for line in read(client, parent.url).select(".contents__line")}
        assert lines == {"Two quokkas.", "One line."}
