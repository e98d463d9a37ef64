"""The records of the demo's content that point at each other: reviews, facts, evidence and sources."""

import re

from dateutil.relativedelta import relativedelta

from core.reviews.signing import LONGEST_REVIEW_INTERVAL
from tests.demo.content import (
    CONCERNS,
    CONTENT,
    DIMENSIONS,
    EVIDENCE,
    FACTS,
    NEWEST_CHECK,
    PAGES,
    REFERENCES,
    REVIEWERS,
    THERAPIES,
    every_page,
    read,
)
from tests.demo.passes import for_each
from therapies.enums import ConcernKind, EvidenceLevel, ReferenceType, TherapyFamily, Unit, ValueType
from therapies.models import ComparisonDimension, DimensionValue, Reference, TherapyEvidence

A_YEAR = relativedelta(years=1)


@every_page
def test_review_is_in_date_and_names_a_fictional_reviewer(name):
    review = PAGES[name]["review"]
    assert "fictional" in REVIEWERS[review["reviewer"]]["name"]
    assert NEWEST_CHECK - A_YEAR < review["last_reviewed"] <= NEWEST_CHECK < review["next_review_due"]
    assert review["next_review_due"] <= review["last_reviewed"] + LONGEST_REVIEW_INTERVAL


@for_each(CONCERNS)
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
    helped = {row["concern"] for _, row in EVIDENCE if EvidenceLevel(row["level"]).is_in_favour}
    assert CONCERNS.keys() - helped == set()


def test_findings_against_a_therapy_are_told_too():
    against = {
        (slug, row["concern"], row["level"])
        for slug, row in EVIDENCE
        if not EvidenceLevel(row["level"]).is_in_favour
    }
    assert against == {
        ("interpersonal-therapy", "grief-and-loss", EvidenceLevel.NOT_BETTER),
        ("interpersonal-therapy", "grief-and-loss", EvidenceLevel.LESS_HELPFUL),
        ("person-centred-therapy", "depression", EvidenceLevel.LESS_HELPFUL),
    }


@for_each(THERAPIES)
def test_therapy_answers_most_questions_once(slug):
    page = THERAPIES[slug]
    assert page["family"] in TherapyFamily
    asked = [value["dimension"] for value in page["values"]]
    assert len(asked) == len(set(asked)) >= len(DIMENSIONS) - 1
    known = [(row["concern"], row["level"]) for row in page["evidence"]]
    assert len(known) == len(set(known)) >= 1


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


@for_each(DIMENSIONS.values())
def test_dimension_fits_its_fields(row):
    assert row["value_type"] in ValueType
    for field in ("label", "question"):
        assert len(row[field]) <= ComparisonDimension._meta.get_field(field).max_length


@for_each(REFERENCES.values())
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


@for_each(FACTS)
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


@for_each(EVIDENCE)
def test_evidence_above_experience_names_its_source(slug, row):
    assert row.keys() <= {field.name for field in TherapyEvidence._meta.get_fields()}
    assert row["level"] in EvidenceLevel
    assert row["concern"] in CONCERNS
    assert row.get("reference", "") in {"", *REFERENCES}
    assert row["note"]
    if row["level"] != EvidenceLevel.CLINICAL_EXPERIENCE:
        assert row["reference"]


def test_numbers_in_the_text_of_a_concern_are_those_of_the_one_record():
    known = {
        line["phone"].replace(" ", "")
        for line in read(CONTENT / "crisis_help.toml")["help_lines"]
        if "phone" in line
    }
    named = set(re.findall(r"tel:([0-9]+)", str(CONCERNS)))
    assert named
    assert named <= known


@for_each(["anger", "conflict", "relationship-problems", "trauma"])
def test_pages_about_conflict_lead_to_the_lines_for_abuse_at_home_and_for_sexual_violence(slug):
    for number in ("08082000247", "08085002222"):
        assert f"tel:{number}" in str(CONCERNS[slug]["body"])


def test_help_lines_say_with_a_source_and_a_date_how_they_answer():
    lines = read(CONTENT / "crisis_help.toml")["help_lines"]
    assert {line.get("especially_for") for line in lines} >= {"under_18", "domestic_abuse", "sexual_violence"}
    for line in lines:
        assert ("answers" in line) == ("source" in line) == ("checked_on" in line), line["name"]
