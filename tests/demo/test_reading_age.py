"""Someone tired and worried can read the demo site: eight years of school are enough."""

import re
from collections.abc import Iterator
from typing import Any

from tests.demo.content import CONTENT, folder, read, strings, words
from tests.demo.passes import for_each
from therapies.claims.reading_grade import reading_grade, syllables

HARDEST = 8
ARTICLES = {
    f"{kind}/{slug}": page
    for kind in ("therapies", "concerns", "comparisons", "info")
    for slug, page in folder(kind).items()
}
PROFILES = folder("therapists")
MEANINGS = {row["term"]: row["meaning"] for row in read(CONTENT / "glossary.toml")["terms"]}
#: Parts of a body that nobody reads: what something is, and what it points at.
NOT_WORDS = {"type", "tone", "level", "page", "link", "therapies", "dimensions"}


@for_each(
    [
        ("cat", 1),
        ("the", 1),
        ("time", 1),
        ("asked", 1),
        ("wanted", 2),
        ("little", 2),
        ("while", 1),
        ("therapy", 3),
        ("relationship", 4),
        ("don’t", 1),
    ]
)
def test_syllables_are_counted_as_they_are_spoken(word: str, expected: int) -> None:
    assert syllables(word) == expected


def test_grade_grows_with_long_words_and_long_sentences() -> None:
    plain = "We listen to you. Then we find someone who fits."
    assert reading_grade(plain) < 4
    assert reading_grade(plain.replace(". Then", ", and afterwards, as is customary,")) > reading_grade(plain)
    assert reading_grade("Psychodynamic psychotherapy facilitates interpersonal functioning.") > 15


def prose(value: Any) -> Iterator[str]:
    match value:
        case dict():
            for key, inner in value.items():
                if key not in NOT_WORDS:
                    yield from prose(inner)
        case list():
            for inner in value:
                yield from prose(inner)
        case str():
            yield from (passage for passage in re.split(r"</(?:p|li|h3)>", value) if passage.strip())


def sentences(value: Any) -> str:
    """Paragraphs only: headings have no full stop, and would make a text look easier than it is."""
    passages = [" ".join(re.sub(r"<[^>]+>", " ", passage).split()) for passage in prose(value)]
    return " ".join(passage for passage in passages if passage.endswith((".", "?", "!")))


@for_each(ARTICLES)
def test_summary_and_article_are_plain(name: str) -> None:
    page = ARTICLES[name]
    assert reading_grade(page["summary"]) <= HARDEST
    assert reading_grade(sentences([block["value"] for block in page["body"]])) <= HARDEST


@for_each(PROFILES)
def test_therapists_speak_plainly(slug: str) -> None:
    profile = PROFILES[slug]
    told = [profile.get(name, "") for name in ("summary", "how_i_work", "first_meeting", "about_me")]
    assert reading_grade(sentences(told)) <= HARDEST


@for_each(MEANINGS)
def test_meaning_is_plainer_than_its_word(term: str) -> None:
    assert reading_grade(MEANINGS[term]) <= HARDEST
    assert term.lower() not in words(MEANINGS[term]).lower().split()


def test_every_explained_word_is_used_somewhere() -> None:
    told = " ".join(
        strings([folder(kind) for kind in ("therapies", "concerns", "comparisons", "info")])
    ).lower()
    forms = {
        row["term"]: [row["term"], *row["other_forms"]] for row in read(CONTENT / "glossary.toml")["terms"]
    }
    unused = [term for term, ways in forms.items() if not any(way.lower() in told for way in ways)]
    assert unused == []
