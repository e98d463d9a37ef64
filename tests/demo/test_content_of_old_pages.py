"""What the two pages that the demo began from say: kept, and corrected where they contradicted each other."""

from tests.demo.content import COMPARISONS, THERAPIES, fact, helped, words
from tests.demo.passes import for_each

IPT = "interpersonal-therapy"
DIT = "dynamic-interpersonal-therapy"


@for_each(
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
    ]
)
def test_article_keeps_what_the_old_page_says(slug, phrases):
    said = words(THERAPIES[slug]).lower()
    assert [phrase for phrase in phrases if phrase.lower() not in said] == []


@for_each(
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
    ]
)
def test_facts_keep_what_the_old_tables_say(slug, dimension, phrases):
    value = fact(slug, dimension)
    said = f"{value.get('short_value', '')} {value.get('detail', '')}".lower()
    assert [phrase for phrase in phrases if phrase not in said] == []


def test_durations_are_corrected_and_counted_in_sessions():
    dit, ipt = fact(DIT, "duration"), fact(IPT, "duration")
    assert (dit["minimum"], dit["maximum"], dit["unit"]) == (16, 16, "sessions")
    # The sources of IPT differ: the usual number is that of the old page, the range is that of all sources.
    assert (ipt["minimum"], ipt["maximum"], ipt["unit"]) == (8, 20, "sessions")
    assert ipt["short_value"] == "Usually 12 to 16 sessions"
    assert dit["references"]
    assert len(ipt["references"]) > 3


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


@for_each([IPT, DIT])
def test_both_articles_say_what_happens_and_lead_to_the_other(slug):
    """The four differences stand once, in the facts, and the page that compares the two shows them."""
    page = THERAPIES[slug]
    assert {"steps", "questions"} <= {block["type"] for block in page["body"]}
    others = [line["therapy"] for line in page["other_way"] if isinstance(line, dict)]
    assert {IPT, DIT} - {slug} <= set(others)
    for dimension in ("focus", "techniques", "duration", "applications"):
        assert fact(slug, dimension)["detail"]


def test_comparison_page_has_the_overall_difference():
    overall = words(COMPARISONS["dit-vs-ipt"])
    assert COMPARISONS["dit-vs-ipt"]["overall"]
    for phrase in (
        "more intensive",
        "more structured and practical",
        "improving the relationships you have now",
    ):
        assert phrase in overall
    assert COMPARISONS["dit-vs-ipt"]["first"] == DIT
    assert COMPARISONS["dit-vs-ipt"]["second"] == IPT
