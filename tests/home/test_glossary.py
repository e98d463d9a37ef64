"""Words of the field are explained where a reader meets them first."""

from http import HTTPStatus

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from home.glossary.marking import Term, mark_first_uses
from home.models import GlossaryTerm, HomePage
from tests.factories.home import InfoPageFactory, make_site

TRIAL = Term("word-1", "trial", ("trial", "trials"), "A study.")
CONTROLLED = Term("word-2", "controlled trial", ("controlled trial",), "A study that compares.")


def marked(html: str, *terms: Term) -> list[str]:
    result = mark_first_uses(html, terms or (TRIAL,))
    return [button.text for button in BeautifulSoup(result.html, "html.parser").select("button")]


@pytest.mark.guide(
    "If a word of the field must stand, explain it once under Facts → Explained words: readers then find "
    "its meaning on every page, where the word first stands.",
)
@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>A trial, and two Trials more.</p>", ["trial"]),
        ("<p>Trials help.</p><p>A trial.</p>", ["Trials"]),
        ("<ul><li>A <b>trial</b></li></ul>", ["trial"]),
        ("<h2>Trial</h2><p>A trial.</p>", ["trial"]),
        ("<p>Industrial retrials, pre-trial and trial-like</p>", []),
        ('<p>See <a href="/trial/">the trial</a></p>', []),
        ("<p><label>trial</label></p>", []),
        ("<h3>A trial</h3>", []),
        ("<div>trial</div>", []),
        ("<details><summary>A trial?</summary><p>A trial.</p></details>", ["trial"]),
        ("<p>One<br>trial", ["trial"]),
        ("<p>A&trial; and a&amp;trial-like</p>", []),
        ('<p title="a > b <p>">A</p><script>"<p>trial</p>"</script><!-- <p>trial --> trial', []),
        ("", []),
    ],
)
def test_first_use_in_running_text_is_marked_and_nothing_else(html: str, expected: list[str]) -> None:
    assert marked(html) == expected


def test_the_longest_word_wins() -> None:
    html = "<p>A controlled trial and a trial.</p>"
    assert marked(html, TRIAL, CONTROLLED) == [
        "controlled trial",
        "trial",
    ]


@pytest.mark.parametrize(
    "html",
    [
        '<p title="a &gt; b">5 &lt; 6 &amp; so&nbsp;on &#x27;h&#39; <!-- note --><img alt="" src="x"/></p>',
        '<svg viewBox="0 0 2 2"><use href="#a"></use></svg><p>Nothing to explain.</p>',
    ],
)
def test_everything_else_stays_letter_for_letter(html: str) -> None:
    assert mark_first_uses(html, [TRIAL]).html == html


@pytest.fixture
def home(db: None) -> HomePage:
    return make_site()


def term(word: str, **fields: object) -> GlossaryTerm:
    return GlossaryTerm.objects.create(term=word, meaning=f"What {word} means.", **fields)


def read(client: Client, page: InfoPageFactory) -> BeautifulSoup:
    response = client.get(page.url)
    assert response.status_code == HTTPStatus.OK
    return BeautifulSoup(response.content, "html.parser")


def article(home: HomePage, text: str) -> InfoPageFactory:
    return InfoPageFactory(parent=home, body=[("paragraph", f"<p>{text}</p>")])


@pytest.mark.guide(
    "If a word of the field must stand, explain it once under Facts → Explained words: readers then find "
    "its meaning on every page, where the word first stands.",
)
def test_the_word_opens_its_meaning_without_a_script(client: Client, home: HomePage) -> None:
    term("transference", other_forms=["transferred feelings"])
    soup = read(client, article(home, "We look at transferred feelings."))
    button = soup.select_one("button.term")
    assert button.text == "transferred feelings"
    meaning = soup.find(id=button["popovertarget"])
    assert meaning.has_attr("popover")
    assert "What transference means." in soup.find(id=button["aria-describedby"]).text
    assert meaning.select_one(f"button[popovertarget={meaning['id']}]").text.strip() == "Close"


@pytest.mark.parametrize("hidden", [{"live": False}, {"expire_at": timezone.now()}])
def test_a_word_that_is_not_published_is_not_explained(
    client: Client, home: HomePage, hidden: dict[str, object]
) -> None:
    term("transference", **hidden)
    soup = read(client, article(home, "We look at transference."))
    assert soup.select("button.term, [popover].term-meaning") == []


def test_what_an_editor_writes_stays_text(client: Client, home: HomePage) -> None:
    GlossaryTerm.objects.create(term="projection", meaning="<script>alert(1)</script>")
    soup = read(client, article(home, "Projection."))
    assert soup.select_one(".term-meaning script") is None
    assert "<script>" in soup.select_one(".term-meaning").text


def test_many_words_cost_no_more_queries_than_one(client: Client, home: HomePage) -> None:
    page = article(home, " ".join(f"word{number}" for number in range(20)))
    term("word0")
    read(client, page)
    with CaptureQueriesContext(connection) as for_one:
        assert len(read(client, page).select("button.term")) == 1
    for number in range(1, 20):
        term(f"word{number}")
    with CaptureQueriesContext(connection) as for_many:
        assert len(read(client, page).select("button.term")) == 20
    assert len(for_many) == len(for_one)


def test_an_editor_sees_how_a_draft_word_will_open(admin_client: Client, home: HomePage) -> None:
    draft = term("countertransference", live=False)
    answer = admin_client.get(f"/admin/snippets/home/glossaryterm/edit/{draft.pk}/")
    assert answer.status_code == HTTPStatus.OK
    preview = admin_client.get(f"/admin/snippets/home/glossaryterm/preview/{draft.pk}/")
    assert preview.status_code == HTTPStatus.OK
