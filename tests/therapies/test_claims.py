"""The rules on what pages claim, tried on the examples of their own file."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import Page, get_page_models

from core.claim_findings import PagePassage
from core.claims import claims_on
from therapies.claims.wording import (
    RULES,
    KnownEvidence,
    hard_words,
    promises,
    protected_title,
    titles_claimed,
    unsupported_efficacy,
)

#: The practice of which the examples speak.
KNOWN = KnownEvidence(
    {"ipt": ["Interpersonal therapy", "IPT"], "dit": ["Dynamic interpersonal therapy", "DIT"]},
    {"depression": ["Depression"], "grief": ["Grief"], "panic": ["Panic"]},
    frozenset({("ipt", "depression")}),
    therapy="ipt",
)
FINDERS = {
    "promise": promises,
    "title": titles_claimed,
    "efficacy": lambda passages: unsupported_efficacy(passages, KNOWN),
}


def found(key: str, *sentences: str) -> list[str]:
    return [one.words for one in FINDERS[key]([PagePassage("body", sentence) for sentence in sentences])]


@pytest.mark.guide(
    "Tell whoever looks after the site: rules come with examples that are tested, so they are kept with the "
    "code (docs/decisions/claim-rules.md).",
)
def test_every_rule_on_words_has_examples_of_both_kinds() -> None:
    with_patterns = {key for key, rule in RULES.items() if rule.settings.get("patterns")}
    assert with_patterns == FINDERS.keys()
    assert all(RULES[key].rule.catches and RULES[key].rule.leaves for key in with_patterns)


@pytest.mark.guide(
    "Tell whoever looks after the site: rules come with examples that are tested, so they are kept with the "
    "code (docs/decisions/claim-rules.md).",
)
@pytest.mark.parametrize("key", FINDERS)
def test_a_rule_finds_what_it_says_it_catches_and_leaves_the_rest_alone(key: str) -> None:
    rule = RULES[key].rule
    assert [sentence for sentence in rule.catches if not found(key, sentence)] == []
    assert [sentence for sentence in rule.leaves if found(key, sentence)] == []


def test_a_finding_has_the_very_words_and_their_place() -> None:
    [finding] = promises([PagePassage("search_description", "Come. It works for everyone, we say.")])
    assert (finding.field, finding.words) == ("search_description", "works for everyone")
    assert finding.message.startswith("“works for everyone” (search description): A word promises too much.")


def test_evidence_for_one_concern_is_none_for_another() -> None:
    about_grief = KnownEvidence(KNOWN.therapies, KNOWN.concerns, KNOWN.pairs, concern="grief")
    words = [PagePassage("body", "IPT has been shown to help.")]
    assert len(list(unsupported_efficacy(words, about_grief))) == 1
    supported = KnownEvidence(KNOWN.therapies, KNOWN.concerns, frozenset({("ipt", "grief")}), concern="grief")
    assert list(unsupported_efficacy(words, supported)) == []


def test_a_word_for_two_concerns_is_left_alone_where_one_has_evidence() -> None:
    shared = {"depression": ["Depression", "low"], "grief": ["Grief", "low"]}
    known = KnownEvidence(KNOWN.therapies, shared, KNOWN.pairs, therapy="ipt")
    assert (
        list(unsupported_efficacy([PagePassage("body", "IPT is proven to help if you feel low.")], known))
        == []
    )


@pytest.mark.parametrize(
    ("title", "protected"),
    [
        ("Consultant clinical psychologist", "clinical psychologist"),
        ("Counselling Psychologist", "counselling psychologist"),
        ("Psychotherapist", ""),
        ("Psychologist", ""),
    ],
)
def test_titles_of_the_law(title: str, protected: str) -> None:
    assert protected_title(title) == protected


@pytest.mark.guide(
    "Checks, and a message as you hand in or publish, name the very words that promise too much, that say a "
    "therapy helps where no evidence is recorded, that do not fit a fact or are hard to read, and a title "
    "or training in a profile without its registration or qualification.",
)
def test_the_hardest_sentence_is_named() -> None:
    hard = (
        "Psychodynamic psychotherapy facilitates the identification of maladaptive interpersonal functioning."
    )
    plain = "We talk about you."
    [finding] = hard_words("body", [PagePassage("body", f"{plain} {hard} " * 8 + plain)])
    assert finding.words == hard
    assert list(hard_words("body", [PagePassage("body", f"{plain} " * 30)])) == []
    assert list(hard_words("body", [PagePassage("body", hard)])) == []


@given(st.text())
def test_any_text_is_read_without_trouble(text: str) -> None:
    for find in FINDERS.values():
        list(find([PagePassage("body", text)]))


@pytest.mark.django_db
@pytest.mark.parametrize("kind", get_page_models(), ids=lambda kind: kind.__name__)
def test_a_page_that_was_only_begun_claims_nothing(kind: type[Page]) -> None:
    assert {one.rule for one in claims_on(kind())} <= {"no-care-card"}
