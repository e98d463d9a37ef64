"""The content files of the demo, for the tests that judge them: no database, no loader."""

import re
import tomllib
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from core.blocks.text import PARAGRAPH_FEATURES, SHORT_TEXT_FEATURES
from tests.demo.passes import for_each

CONTENT = Path(__file__).parents[2] / "site" / "demo" / "content"

#: Pages that other files of the demo make and these texts link to.
OTHER_PAGES = {
    "/find-a-therapist/",
    "/therapists/",
    "/get-help-now/",
    "/how-matching-works/",
    "/fees/",
}

#: What this site says to nobody: promises, American spelling, and words that belong to software.
FORBIDDEN = re.compile(
    r"\b(cures?|cured|guarantee[ds]?|just|simply|proven|miracle|users?|items?|submit|"
    r"behaviors?|behavioral|counselors?|counseling|centered|center|color|favorite|recognize[ds]?|"
    r"realize[ds]?|organiz\w+|program|licensed|patters|utiliz\w+|suffer(s|ing|er|ers)?|committed suicide)\b",
    re.IGNORECASE,
)


def read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def folder(name: str) -> dict[str, dict[str, Any]]:
    return {path.stem: read(path) for path in sorted((CONTENT / name).glob("*.toml"))}


REVIEWERS = {row["key"]: row for row in read(CONTENT / "reviewers.toml")["reviewers"]}
REFERENCES = {row["key"]: row for row in read(CONTENT / "references.toml")["references"]}
DIMENSIONS = {row["key"]: row for row in read(CONTENT / "dimensions.toml")["dimensions"]}
THERAPIES = folder("therapies")
CONCERNS = folder("concerns")
COMPARISONS = folder("comparisons")
PAGES = {
    **{f"therapies/{slug}": page for slug, page in THERAPIES.items()},
    **{f"concerns/{slug}": page for slug, page in CONCERNS.items()},
    **{f"comparisons/{slug}": page for slug, page in COMPARISONS.items()},
}
FACTS = [(slug, value) for slug, page in THERAPIES.items() for value in page["values"]]
EVIDENCE = [(slug, row) for slug, page in THERAPIES.items() for row in page["evidence"]]
#: The day of the newest check: the files are judged by it, not by a clock.
NEWEST_CHECK = max(row["checked_on"] for _, row in [*FACTS, *EVIDENCE])

every_page = for_each(PAGES)


class Markup(HTMLParser):
    """The tags, links and words of a piece of rich text; fails on a tag left open."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.pages: set[str] = set()
        self.open: list[str] = []
        self.words: list[str] = []
        self.feed(html)
        assert not self.open, f"left open: {self.open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.open.append(tag)
        given = dict(attrs)
        if tag == "a":
            assert len(given) == 1 and given.keys() <= {"data-page", "href"}
            assert (given.get("href") or "https://").startswith(("https://", "tel:"))
        else:
            assert not given
        if "data-page" in given:
            self.pages.add(given["data-page"] or "")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def strings(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for inner in value.values():
                yield from strings(inner)
        case list():
            for inner in value:
                yield from strings(inner)


def words(value: Any) -> str:
    """All that a reader sees, without markup, in one line."""
    return re.sub(r"\s+", " ", " ".join(" ".join(Markup(text).words) for text in strings(value)))


def rich_texts(page: dict[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """Each piece of rich text with the features that its field allows."""
    if "overall" in page:
        yield page["overall"], ["bold", "italic", "ul", "link"]
    for block in page["body"]:
        value = block["value"]
        match block["type"]:
            case "paragraph":
                yield value, PARAGRAPH_FEATURES
            case "callout" | "care_card":
                yield value["text"], SHORT_TEXT_FEATURES
            case "questions":
                for row in value["questions"]:
                    yield row["answer"], SHORT_TEXT_FEATURES
            case "comparison":
                yield value["overall"], SHORT_TEXT_FEATURES


def page_exists(path: str) -> bool:
    section, _, slug = path.strip("/").partition("/")
    if section == "therapies":
        return slug in THERAPIES
    if section == "concerns":
        return slug in CONCERNS
    return path in OTHER_PAGES


def fact(slug: str, dimension: str) -> dict[str, Any]:
    return next(value for value in THERAPIES[slug]["values"] if value["dimension"] == dimension)


def helped(slug: str) -> set[str]:
    return {row["concern"] for row in THERAPIES[slug]["evidence"]}
