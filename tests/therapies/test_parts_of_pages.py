"""In which order the parts of a therapy's and of a concern's page stand, and what is folded."""

import pytest
from bs4 import BeautifulSoup
from django.db import IntegrityError, connection, transaction
from django.test import Client

from tests.factories.home import ReviewerFactory, make_site
from tests.factories.therapies import (
    ComparisonDimensionFactory,
    ConcernIndexPageFactory,
    ConcernPageFactory,
    DimensionValueFactory,
    ReferenceFactory,
    TherapyEvidenceFactory,
    TherapyIndexPageFactory,
    TherapyPageFactory,
)
from therapies.enums import EvidenceLevel
from therapies.models import TherapyIndexPage, TherapyPage

pytestmark = pytest.mark.django_db

QUESTIONS = (
    "questions",
    {
        "heading": "Questions people ask",
        "questions": [{"question": "Will it help me?", "answer": "<p>It may.</p>"}],
    },
)


@pytest.fixture
def index() -> TherapyIndexPage:
    return TherapyIndexPageFactory(parent=make_site())


def main_of(client: Client, address: str) -> BeautifulSoup:
    return BeautifulSoup(client.get(address).content, "html.parser").main


def folded(main: BeautifulSoup) -> list[str]:
    """Return the lines at the end of a page that open something."""
    lines = main.select("[aria-labelledby=about-questions] summary")
    return [" ".join(line.get_text(" ").split()) for line in lines]


@pytest.mark.guide(
    "What is said of a therapy has its source there, and the day it was checked.",
    "A page about health says who reviewed it, when, and when that is due again.",
    "The verdict comes first.",
    "Then come the short facts, the article, how much is known, who offers it, and what opens from a line "
    "at the end: questions, further facts, sources, the review.",
    "Questions and answers move to the end by themselves, wherever they stand.",
    "Short answer for tables, more detail for whoever opens it.",
    "Without a source it is shown as the practice's own statement; where its only source was taken down, "
    "readers are told “source withdrawn, under review”.",
    "“What can help” on the page of a concern and “How much is known” on a therapy's are made of this.",
    "Each point of comparison says where its answers stand: in the fact box, in large words at the top of a "
    "therapy's page (keep those answers to a few words, and put the rest into more detail); in comparisons "
    "only, where the article says it in its own words; or else folded at the end.",
)
def test_the_verdict_comes_first_and_what_it_rests_on_opens_at_the_end(
    client: Client, index: TherapyIndexPage
) -> None:
    therapy = TherapyPageFactory(
        parent=index,
        suits=[("line", "The same story returns")],
        body=[QUESTIONS, ("heading", "What happens"), ("paragraph", "<p>You talk.</p>")],
    )
    length = ComparisonDimensionFactory(question="How long is it?", in_fact_box=True)
    homework = ComparisonDimensionFactory(question="Is there homework?")
    compared = ComparisonDimensionFactory(question="What does it look at?", only_compared=True)
    source = [ReferenceFactory()]
    fact = {"therapy": therapy, "references": source}
    DimensionValueFactory(dimension=length, short_value="Ten meetings", detail="Longer for some.", **fact)
    DimensionValueFactory(dimension=homework, short_value="A diary", detail="Ten lines.", therapy=therapy)
    DimensionValueFactory(dimension=compared, short_value="Patterns", **fact)
    concern = ConcernPageFactory(parent=ConcernIndexPageFactory(parent=index.get_parent()))
    TherapyEvidenceFactory(therapy=therapy, concern=concern, reference=source[0])
    reviewed = {"last_reviewed": "2026-09-15", "next_review_due": "2028-09-15", "reviewer": ReviewerFactory()}
    TherapyPage.objects.filter(pk=therapy.pk).update(**reviewed)

    main = main_of(client, therapy.url)

    words = " ".join(main.get_text(" ").split())
    parts = [
        "The same story returns",
        "Ten meetings",
        "You talk.",
        "How much is known",
        "Who offers it here",
        "Will it help me?",
    ]
    assert sorted(parts, key=words.index) == parts
    assert folded(main) == [
        "Will it help me?",
        "Is there homework?",
        "Sources 1",
        "Who reviewed this page, and when",
    ]
    [fact_box] = main.select(".fact-strip")
    assert "Ten meetings" in fact_box.text and "Longer for some." in fact_box.text
    [fold] = [one for one in main.select("details") if "Is there homework?" in one.summary.text]
    assert "A diary" in fold.text and "Ten lines." in fold.text
    # It has no source: the practice says so. Each that has one says it, and when it was checked.
    assert "Our own description." in fold.text and "Checked on 14 October 2026" in fold.text
    assert fact_box.select_one(".source-mark a")["href"] == "#page-source-1"
    assert "Checked on 14 October 2026" in fact_box.text
    assert "Patterns" not in words
    assert "Last reviewed 15 September 2026 by Sample Reviewer" in words
    assert "Next review due September 2028." in words


@pytest.mark.guide(
    "All of these are there without your doing; a page without lines or article is whole, too.",
)
def test_a_page_without_lines_or_article_is_whole(client: Client, index: TherapyIndexPage) -> None:
    main = main_of(client, TherapyPageFactory(parent=index, body=[]).url)
    assert "Who offers it here" in main.text
    assert not main.select(".suits, .story, .fact-strip, #about-evidence")
    assert not [heading for heading in main.find_all(["h2", "h3"]) if not heading.get_text(strip=True)]


@pytest.mark.guide(
    "Short answer for tables, more detail for whoever opens it.",
    "Those with a tick at leads comparisons are the first differences that a reader sees.",
)
def test_tables_have_the_short_answer_and_the_differences_that_lead_come_first(
    client: Client, index: TherapyIndexPage
) -> None:
    therapies = [TherapyPageFactory(parent=index, abbreviation=name) for name in ("ONE", "TWO")]
    first, leading, last = (
        ComparisonDimensionFactory(question=f"Question {n}?", leads_comparisons=n == 2) for n in (1, 2, 3)
    )
    for dimension in (first, leading, last):
        for n, therapy in enumerate(therapies):
            DimensionValueFactory(
                therapy=therapy, dimension=dimension, short_value=f"Answer {n}", detail=f"At length {n}."
            )
    main = main_of(client, f"{index.url}compare/one-vs-two/")
    assert [one.get_text(strip=True) for one in main.select(".differences tbody th")] == ["Question 2?"]
    assert "Answer 1" in main.select_one(".differences").text
    assert folded(main)[0].startswith("Everything else, side by side")
    rest = main.select_one("details .comparison__table")
    assert "Question 1?" in rest.text and "Question 3?" in rest.text


@pytest.mark.guide(
    "A concern can have one row of each strength, for different people; a page about the concern lists such "
    "findings apart from what can help.",
)
def test_a_concern_has_one_row_of_each_strength(index: TherapyIndexPage) -> None:
    therapy = TherapyPageFactory(parent=index)
    concern = ConcernPageFactory(parent=ConcernIndexPageFactory(parent=index.get_parent()))
    pair = {"therapy": therapy, "concern": concern}
    TherapyEvidenceFactory(level=EvidenceLevel.TRIAL, population="Adults", **pair)
    TherapyEvidenceFactory(level=EvidenceLevel.NOT_BETTER, population="Older people", **pair)
    with pytest.raises(IntegrityError), transaction.atomic():
        TherapyEvidenceFactory(level=EvidenceLevel.TRIAL, population="Young people", **pair)
        connection.check_constraints()
