"""Rules against contradictions, tried on sentences of the practice's two old pages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from therapies.contradictions.amounts import amounts
from therapies.contradictions.rules import KnownTherapy, RecordedRange, contradictions

DIT = KnownTherapy(
    "dit",
    "Dynamic interpersonal therapy",
    "DIT",
    ranges=(RecordedRange(16, 16, "sessions", "16 sessions"),),
)
IPT = KnownTherapy(
    "ipt",
    "Interpersonal therapy",
    "IPT",
    other_names=("Interpersonal psychotherapy",),
    ranges=(RecordedRange(12, 16, "sessions", "12 to 16 sessions"),),
)
ACT = KnownTherapy("act", "Acceptance and commitment therapy", "ACT")
KNOWN = [DIT, IPT, ACT]

ALSO_KNOWN_AS = (
    "Dynamic interpersonal therapy (DIT) or also know as Interpersonal Therapy (IPT) is a simple, "
    "16-session individual therapy protocol for the treatment of mood disorders and relationship problems."
)
SHORT = (
    "DIT is a short-term, goal focused therapy that aims to help individuals understand and change "
    "their patterns of thinking and behaviour in relationships."
)
LONGER = "Duration: DIT is a longer-term treatment approach, typically lasting 12-20 sessions."
WEEKS = "IPT is generally a shorter-term treatment, with sessions typically lasting 12-16 weeks."
DIFFERENCE = "There are some key differences between DIT and IPT:"


def rules(texts, about=DIT, known=KNOWN):
    return [
        finding.rule for finding in contradictions([texts] if isinstance(texts, str) else texts, known, about)
    ]


@pytest.mark.parametrize("about", [DIT, IPT])
def test_a_therapy_is_not_known_by_the_name_of_another(about):
    [finding] = contradictions([ALSO_KNOWN_AS], KNOWN, about)
    assert finding.rule == "also_known_as"
    assert "calls DIT by the name of Interpersonal therapy" in finding.message


def test_a_range_wider_than_the_record_is_found():
    [finding] = contradictions([LONGER], KNOWN, DIT)
    assert finding.rule == "outside_range"
    assert finding.message == "“12-20 sessions” does not fit what is recorded for DIT: 16 sessions."


def test_weeks_are_not_sessions():
    [finding] = contradictions([WEEKS], KNOWN, DIT)
    assert finding.rule == "wrong_unit"
    assert "IPT: 12 to 16 sessions" in finding.message


def test_short_and_longer_term_cannot_both_be_right():
    assert rules([f"{SHORT}\n{LONGER} {WEEKS}"]) == ["outside_range", "wrong_unit", "short_and_long"]


def test_an_alias_that_is_compared_against():
    about = KnownTherapy("dit", "Dynamic interpersonal therapy", "DIT", other_names=("IPT",))
    assert rules(DIFFERENCE, about, [about, ACT]) == ["alias_in_contrast"]
    assert rules(DIFFERENCE, about, [about, IPT]) == ["alias", "alias_in_contrast"]


@pytest.mark.parametrize("alias", ["interpersonal therapy", "ipt", "Interpersonal Psychotherapy"])
def test_an_alias_that_is_the_name_of_another(alias):
    about = KnownTherapy("dit", "Dynamic interpersonal therapy", "DIT", other_names=(alias,))
    assert rules([], about, [about, IPT]) == ["alias"]


@pytest.mark.parametrize(
    "sentence",
    [
        "DIT takes 16 sessions.",
        "A 16-session therapy.",
        "DIT usually takes sixteen weekly sessions over about five months.",
        "IPT lasts between 12 and 16 sessions, DIT lasts 16 sessions.",
        "In the first four sessions you and your therapist get to know each other.",
        "You meet once a week, for one session of 50 minutes.",
        "Ask again after 3 weeks.",
        "ACT may take 8 sessions.",
        "We act within two weeks of your message.",
        "Interpersonal psychotherapy is also known as interpersonal therapy.",
        "Unlike IPT, it looks at what is out of awareness.",
    ],
)
def test_what_agrees_with_the_facts_is_left_alone(sentence):
    about = IPT if sentence.startswith("Interpersonal psycho") else DIT
    assert rules(sentence, about) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "It takes 20 sessions.",
        "It takes twenty sessions.",
        "A 20-session therapy.",
        "Between 12 and 20 sessions.",
        "12–20 sessions",
        "It takes 12 to 20 weekly sessions.",
        "Dynamic interpersonal therapy takes up to 24 sessions.",
    ],
)
def test_counts_are_found_however_they_are_written(sentence):
    assert rules(sentence) == ["outside_range"]


def test_a_page_about_several_has_no_subject_of_its_own():
    assert rules("It takes 40 sessions.", about=None) == []
    assert rules("IPT takes 40 sessions.", about=None) == ["outside_range"]


def test_the_same_words_give_one_finding():
    assert rules([LONGER, LONGER]) == ["outside_range"]


@given(st.integers(2, 999), st.integers(2, 999), st.sampled_from(["-", "–", " to ", " or "]))
def test_a_range_is_read_whichever_way_it_is_joined(low, high, joined):
    [amount] = amounts(f"It takes {low}{joined}{high} sessions.")
    assert (amount.low, amount.high, amount.unit) == (low, high, "sessions")


def test_names_are_found_however_they_are_spaced():
    assert rules("dynamic\xa0interpersonal  therapy takes 20 sessions.") == ["outside_range"]


@given(st.text())
def test_any_text_is_read_without_trouble(text):
    contradictions([text], KNOWN, DIT)
