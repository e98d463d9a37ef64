"""The words of the demo site, checked as files: no database, no loader."""

import re
import tomllib
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from dateutil.relativedelta import relativedelta

from home.blocks.text import PARAGRAPH_FEATURES, SHORT_TEXT_FEATURES
from home.models.review import LONGEST_REVIEW_INTERVAL
from therapies.blocks import TherapyStoryBlock
from therapies.enums import ConcernKind, EvidenceLevel, ReferenceType, TherapyFamily, Unit, ValueType
from therapies.models import ComparisonDimension, ConcernPage, DimensionValue, Reference, TherapyEvidence

A_YEAR = relativedelta(years=1)
CONTENT = Path(__file__).parents[2] / "site" / "demo" / "content"

#: Pages that other files of the demo make and these texts link to.
OTHER_PAGES = {
    "/find-a-therapist/",
    "/therapists/",
    "/get-help-now/",
    "/how-matching-works/",
    "/fees/",
}
FORBIDDEN = re.compile(
    r"\b(cures?|cured|guarantee[ds]?|just|simply|proven|miracle|users?|items?|submit|"
    r"behaviors?|behavioral|counselors?|counseling|centered|center|color|favorite|recognize[ds]?|"
    r"realize[ds]?|organiz\w+|program|licensed|patters|utiliz\w+|suffer(s|ing|er|ers)?|committed suicide)\b",
    re.IGNORECASE,
)
TAGS_OF_FEATURES = {
    "h3": {"h3"},
    "bold": {"b"},
    "italic": {"i"},
    "ol": {"ol", "li"},
    "ul": {"ul", "li"},
    "link": {"a"},
    "document-link": {"a"},
}


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

PAGE_KEYS = {"title", "summary", "search_description", "review", "body"}
ALLOWED_KEYS = {
    "therapies": PAGE_KEYS | {"abbreviation", "other_names", "family", "values", "evidence"},
    "concerns": PAGE_KEYS | {"kind", "clinical_term", "synonyms", "adjacent"},
    "comparisons": PAGE_KEYS | {"first", "second", "overall"},
}

every_page = pytest.mark.parametrize("name", PAGES)


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
            assert (given.get("href") or "https://").startswith("https://")
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


# Shape ------------------------------------------------------------------------------------------


def test_there_is_enough_to_choose_from():
    assert len(THERAPIES) >= 10
    assert len(CONCERNS) >= 14
    assert list(DIMENSIONS)[:4] == ["focus", "techniques", "duration", "applications"]


@every_page
def test_page_has_known_keys_and_fits_its_fields(name):
    page = PAGES[name]
    assert page.keys() <= ALLOWED_KEYS[name.split("/")[0]]
    assert page.keys() >= {"title", "summary", "review", "body"}
    assert len(page["summary"]) <= ConcernPage._meta.get_field("summary").max_length
    assert all(len(word) <= 80 for word in page.get("synonyms", []) + page.get("other_names", []))


@every_page
def test_body_is_made_of_blocks_that_accept_it(name):
    for block in PAGES[name]["body"]:
        assert block.keys() == {"type", "value"}
        definition = TherapyStoryBlock().child_blocks[block["type"]]
        children = getattr(definition, "child_blocks", None)
        if children is None:
            assert isinstance(block["value"], str)
        else:
            assert block["value"].keys() <= children.keys()
    assert name.startswith("therapies/") or all(
        block["type"] != "comparison" for block in PAGES[name]["body"]
    )


@every_page
def test_short_texts_in_blocks_fit(name):
    for block in PAGES[name]["body"]:
        value = block["value"]
        if block["type"] == "heading":
            assert len(value) <= 80
        if isinstance(value, dict):
            assert len(value.get("heading", "")) <= 80
        if block["type"] == "invitation":
            assert len(value["text"]) <= 300
            assert len(value["link"]["label"]) <= 60
        if block["type"] == "questions":
            assert 1 <= len(value["questions"]) <= 12
            assert all(len(row["question"]) <= 160 for row in value["questions"])


@every_page
def test_rich_text_uses_only_what_its_field_allows(name):
    for html, features in rich_texts(PAGES[name]):
        allowed = {"p"}.union(*(TAGS_OF_FEATURES[feature] for feature in features))
        assert Markup(html).tags <= allowed
        assert html.strip().startswith("<")


@every_page
def test_every_link_leads_somewhere(name):
    for html, _ in rich_texts(PAGES[name]):
        assert [path for path in Markup(html).pages if not page_exists(path)] == []
    for block in PAGES[name]["body"]:
        if block["type"] == "invitation":
            assert page_exists(block["value"]["link"]["page"])


# Records that point at each other ----------------------------------------------------------------


@every_page
def test_review_is_in_date_and_names_a_fictional_reviewer(name):
    review = PAGES[name]["review"]
    assert "fictional" in REVIEWERS[review["reviewer"]]["name"]
    assert NEWEST_CHECK - A_YEAR < review["last_reviewed"] <= NEWEST_CHECK < review["next_review_due"]
    assert review["next_review_due"] <= review["last_reviewed"] + LONGEST_REVIEW_INTERVAL


@pytest.mark.parametrize("slug", CONCERNS)
def test_concern_is_named_and_neighbours_exist(slug):
    page = CONCERNS[slug]
    assert page["kind"] in ConcernKind
    assert page["clinical_term"]
    assert len(page["clinical_term"]) <= 120
    assert len(set(page["synonyms"])) == len(page["synonyms"]) >= 5
    assert page["adjacent"]
    assert slug not in page["adjacent"]
    assert set(page["adjacent"]) <= CONCERNS.keys()
    assert any(block["type"] == "care_card" for block in page["body"])


def test_every_concern_is_helped_by_some_therapy():
    assert CONCERNS.keys() - {row["concern"] for _, row in EVIDENCE} == set()


@pytest.mark.parametrize("slug", THERAPIES)
def test_therapy_answers_most_questions_once(slug):
    page = THERAPIES[slug]
    assert page["family"] in TherapyFamily
    asked = [value["dimension"] for value in page["values"]]
    assert len(asked) == len(set(asked)) >= len(DIMENSIONS) - 1
    concerns = [row["concern"] for row in page["evidence"]]
    assert len(concerns) == len(set(concerns)) >= 1


def test_no_therapy_goes_by_the_name_of_another():
    names = {
        name.lower(): slug
        for slug, page in THERAPIES.items()
        for name in (page["title"], page["abbreviation"])
        if name
    }
    for slug, page in THERAPIES.items():
        for alias in page["other_names"]:
            assert names.get(alias.lower(), slug) == slug


@pytest.mark.parametrize("row", DIMENSIONS.values(), ids=DIMENSIONS)
def test_dimension_fits_its_fields(row):
    assert row["value_type"] in ValueType
    for field in ("label", "question"):
        assert len(row[field]) <= ComparisonDimension._meta.get_field(field).max_length


@pytest.mark.parametrize("row", REFERENCES.values(), ids=REFERENCES)
def test_reference_says_what_where_and_when_it_was_read(row):
    assert row.keys() <= {field.name for field in Reference._meta.get_fields()}
    assert row["kind"] in ReferenceType
    assert row["citation"].endswith((".", "1", "2", "3", "4", "5", "6", "7", "8", "9", "0"))
    assert row.get("url") or row.get("year")
    assert row.get("url", "https://").startswith("https://")
    assert row["accessed"] <= NEWEST_CHECK


def test_every_reference_is_cited():
    cited = {key for _, value in FACTS for key in value.get("references", [])}
    cited |= {row["reference"] for _, row in EVIDENCE if "reference" in row}
    assert cited == REFERENCES.keys()


@pytest.mark.parametrize(("slug", "value"), FACTS, ids=lambda part: part if isinstance(part, str) else "")
def test_fact_is_whole(slug, value):
    assert value.keys() <= {field.name for field in DimensionValue._meta.get_fields()}
    assert value["dimension"] in DIMENSIONS
    assert value["checked_by"] in REVIEWERS
    assert len(value.get("short_value", "")) <= DimensionValue._meta.get_field("short_value").max_length
    low, high = value.get("minimum"), value.get("maximum")
    if low is None and high is None:
        assert value["short_value"]
        assert "unit" not in value
    else:
        assert value["unit"] in Unit
        assert 1 <= (low or 1) <= (high or low) <= 60
    ranged = DIMENSIONS[value["dimension"]]["value_type"] == ValueType.RANGE
    assert ranged == (low is not None or high is not None)


@pytest.mark.parametrize(
    ("slug", "row"), EVIDENCE, ids=lambda part: part if isinstance(part, str) else part["concern"]
)
def test_evidence_above_experience_names_its_source(slug, row):
    assert row.keys() <= {field.name for field in TherapyEvidence._meta.get_fields()}
    assert row["level"] in EvidenceLevel
    assert row["concern"] in CONCERNS
    assert row.get("reference", "") in {"", *REFERENCES}
    assert row["note"]
    if row["level"] != EvidenceLevel.CLINICAL_EXPERIENCE:
        assert row["reference"]


@pytest.mark.parametrize("slug", COMPARISONS)
def test_comparison_names_two_therapies(slug):
    page = COMPARISONS[slug]
    assert page["first"] in THERAPIES
    assert page["second"] in THERAPIES
    assert page["first"] != page["second"]


# Words --------------------------------------------------------------------------------------------


@every_page
def test_voice_promises_nothing_and_is_uk_english(name):
    page = PAGES[name]
    said = words({key: value for key, value in page.items() if key not in {"synonyms", "values", "evidence"}})
    said += words(
        [row.get("short_value", "") + " " + row.get("detail", "") for row in page.get("values", [])]
    )
    said += words([row["note"] + " " + row["population"] for row in page.get("evidence", [])])
    assert FORBIDDEN.findall(said) == []


@every_page
def test_sentences_are_short(name):
    passages = [
        re.sub(r"<[^>]+>", "", passage)
        for html, _ in rich_texts(PAGES[name])
        for passage in re.split(r"</(?:p|li|h3)>", html)
    ]
    sentences = [sentence.split() for passage in passages for sentence in re.split(r"(?<=[.?!:])\s", passage)]
    lengths = [len(sentence) for sentence in sentences if sentence]
    assert max(lengths) <= 32
    assert sum(lengths) / len(lengths) <= 13


@every_page
def test_numbers_of_sessions_stand_in_the_facts_alone(name):
    page = PAGES[name]
    prose = words([page["summary"], page.get("overall", ""), page["body"]])
    assert re.findall(r"\b\d+(?: to \d+)?(?: |-)(?:\w+ )?(?:sessions?|weeks?)\b", prose) == []


# What the two old pages say, kept and corrected ----------------------------------------------------

IPT = "interpersonal-therapy"
DIT = "dynamic-interpersonal-therapy"


@pytest.mark.parametrize(
    ("slug", "phrases"),
    [
        (IPT, ["people in your life and the way you and they communicate"]),
        (IPT, ["your relationships, your communication and your situation in life as one picture"]),
        (IPT, ["as if it had nothing to do with them"]),
        (IPT, ["here and now", "get on better with others", "more support around you"]),
        (IPT, ["identify patterns and difficulties in your relationships", "strategies for coping"]),
        (IPT, ["depression", "mood disorders", "conflict", "life changes", "grief, loss and bereavement"]),
        (IPT, ["more structured and practical", "conflicts and feelings that you may not be aware of"]),
        (IPT, ["We listen", "match you with a therapist", "free initial consultation", "good match"]),
        (DIT, ["one person at a time", "mood disorders", "relationship problems"]),
        (DIT, ["psychodynamic", "psychoanalysis"]),
        (DIT, ["made to help with depression and anxiety"]),
        (DIT, ["difficult experiences, most of all in relationships"]),
        (DIT, ["short talking therapy", "goal-focused", "thinking and behaving", "in your relationships"]),
        (DIT, ["anxious attachment", "healthier and more secure attachments"]),
        (DIT, ["find relationships difficult", "depression", "anxiety", "personality disorder"]),
        (DIT, ["more intensive", "IPT is more structured and practical"]),
        (DIT, ["not another name for interpersonal therapy"]),
        (DIT, ["We listen", "match you with a therapist", "free initial consultation", "good match"]),
    ],
)
def test_article_keeps_what_the_old_page_says(slug, phrases):
    said = words(THERAPIES[slug]["body"]).lower()
    assert [phrase for phrase in phrases if phrase.lower() not in said] == []


@pytest.mark.parametrize(
    ("slug", "dimension", "phrases"),
    [
        (
            DIT,
            "focus",
            ["motives and conflicts", "not be aware of", "unconscious", "relationships", "behaviour"],
        ),
        (IPT, "focus", ["relationships now", "how you communicate", "improved"]),
        (DIT, "techniques", ["free association", "interpretation", "transference"]),
        (IPT, "techniques", ["structured", "problem-solving", "skills and strategies", "relationships"]),
        (DIT, "duration", ["short-term", "five months"]),
        (IPT, "duration", ["weekly"]),
        (
            DIT,
            "applications",
            ["depression", "anxiety", "mood disorders", "relationship problems", "complex"],
        ),
        (DIT, "applications", ["personality disorder"]),
        (IPT, "applications", ["depression", "anxiety", "relationship difficulties", "wide range"]),
        (DIT, "past_or_present", ["earlier relationships", "feel and behave today"]),
        (IPT, "past_or_present", ["here and now"]),
        (DIT, "format", ["one to one", "individual"]),
        (DIT, "who_delivers", ["mental health professional", "psychologist", "psychotherapist", "training"]),
    ],
)
def test_facts_keep_what_the_old_tables_say(slug, dimension, phrases):
    value = fact(slug, dimension)
    said = f"{value.get('short_value', '')} {value.get('detail', '')}".lower()
    assert [phrase for phrase in phrases if phrase not in said] == []


def test_durations_are_corrected_and_counted_in_sessions():
    dit, ipt = fact(DIT, "duration"), fact(IPT, "duration")
    assert (dit["minimum"], dit["maximum"], dit["unit"]) == (16, 16, "sessions")
    assert (ipt["minimum"], ipt["maximum"], ipt["unit"]) == (12, 16, "sessions")
    assert dit["references"]
    assert ipt["references"]


def test_neither_therapy_is_called_by_the_others_name():
    assert THERAPIES[DIT]["other_names"] == []
    assert THERAPIES[IPT]["other_names"] == ["Interpersonal psychotherapy"]


def test_each_problem_the_old_pages_name_is_recorded_as_helped():
    assert helped(IPT) >= {
        "depression",
        "anxiety",
        "mood-disorders",
        "conflict",
        "life-changes",
        "grief-and-loss",
        "relationship-problems",
    }
    assert helped(DIT) >= {
        "depression",
        "anxiety",
        "mood-disorders",
        "personality-disorders",
        "relationship-problems",
        "anxious-attachment",
    }


@pytest.mark.parametrize("slug", [IPT, DIT])
def test_both_articles_show_the_four_differences_and_the_whole(slug):
    blocks = {block["type"]: block["value"] for block in THERAPIES[slug]["body"]}
    table = blocks["comparison"]
    assert set(table["therapies"]) == {IPT, DIT}
    assert table["therapies"][0] == slug
    assert table["dimensions"] == ["focus", "techniques", "duration", "applications"]
    assert table["overall"]
    assert {"questions", "care_card", "invitation"} <= blocks.keys()


def test_comparison_page_has_the_overall_difference():
    overall = words(COMPARISONS["dit-vs-ipt"]["overall"])
    for phrase in (
        "more intensive",
        "more structured and practical",
        "improving the relationships you have now",
    ):
        assert phrase in overall
    assert COMPARISONS["dit-vs-ipt"]["first"] == DIT
    assert COMPARISONS["dit-vs-ipt"]["second"] == IPT
