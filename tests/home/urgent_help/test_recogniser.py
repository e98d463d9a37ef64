"""What the recogniser of urgent words catches and leaves alone in each language."""

import re
import tomllib
from collections.abc import Callable
from time import thread_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from home.urgent_help.example_sentences import written_examples
from home.urgent_help.groups import HelpGroup
from home.urgent_help.language_files import FOLDER, known_languages
from home.urgent_help.recogniser import OwnPhrase, recognise
from home.urgent_help.rule_book import Rule, rule_book

LANGUAGES = sorted(known_languages())
RULES = [(language, rule) for language in LANGUAGES for rule in rule_book(language).rules]
EXAMPLES = [example for language in LANGUAGES for example in written_examples(FOLDER / language / "examples")]


@pytest.mark.parametrize(("language", "rule"), RULES, ids=lambda part: getattr(part, "name", part))
def test_rule_catches_and_leaves_what_it_says(language: str, rule: Rule) -> None:
    assert rule.catches
    assert rule.leaves
    assert [text for text in rule.catches if rule.group not in recognise(text, [language])] == []
    assert [text for text in rule.leaves if recognise(text, [language])] == []


def test_no_pattern_begins_or_ends_with_a_word_that_may_be_missing() -> None:
    """Such a word changes nothing: whoever wrote it there meant something else."""
    loose = [
        pattern
        for path in FOLDER.glob("*/rules/*.toml")
        for rule in tomllib.loads(path.read_text()).get("rules", {}).values()
        for pattern in [*rule["patterns"], *rule.get("unless", ())]
        if pattern.startswith("[") or pattern.endswith("]")
    ]
    assert loose == []


def test_few_words_are_not_weighed() -> None:
    """A search for a concern, or half a word while it is typed, is no sign of anything."""
    for words in (
        "depression",
        "self-e",
        "anxiety in teenagers",
        "price",
        "Amara",
        "eating out",
        "Rat",
        "Gift",
    ):
        assert recognise(words, LANGUAGES) == frozenset()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "I don’t want to be here anymore"),
        ("en", "I don't want to be here anymore"),
        ("en", "i dont want to be here anymore"),
        ("en", "I do not want to be here any more"),
        ("en", "I DON`T WANT TO BE HERE ANYMORE!!!"),
        ("en", "I d\u200bon't w\u00adant to be here anymore"),
        ("en", "i don't want\nto be here... anymore"),
        ("en", "Ｉ ｗａｎｔ ｔｏ ｄｉｅ"),
        ("en", "i wnat to dieeee"),
        ("en", "s*icide"),
        ("en", "su1c1dal"),
        ("en", "suicdal"),
        ("de", "Überdosis Schlaftabletten"),
        ("de", "ueberdosis schlaftabletten"),
        ("de", "uberdosis schlaftabletten"),
        ("de", "U\u0308berdosis Schlaf\u00adtabletten"),
        ("de", "ich möchte mich erschießen"),
        ("de", "ich moechte mich erschiessen"),
        ("de", "ICH MÖCHTE MICH ERSCHIEẞEN"),
        ("de", "ich will steeerben"),
        ("de", "selbsmord"),
        ("de", "su1zid"),
    ],
)
def test_spelling_and_signs_do_not_matter(language: str, text: str) -> None:
    assert HelpGroup.SUICIDE in recognise(text, [language])


def test_group_is_found_in_a_long_message_without_stops() -> None:
    ordinary = " ".join(["my week was full of work and the children had colds"] * 30)
    assert recognise(f"{ordinary} and some nights i want to die {ordinary}", LANGUAGES) == {HelpGroup.SUICIDE}


def test_one_message_may_be_about_several_things() -> None:
    text = "My husband hits me. I have stopped eating. Some nights I want to die."
    assert recognise(text, ["en"]) == {HelpGroup.ABUSE, HelpGroup.EATING, HelpGroup.SUICIDE}
    text = "Mein Mann schlägt mich. Ich esse nichts mehr. And some nights I want to die."
    assert recognise(text, LANGUAGES) == {HelpGroup.ABUSE, HelpGroup.EATING, HelpGroup.SUICIDE}


@pytest.mark.parametrize(
    ("phrase", "said", "unsaid"),
    [
        ("the  Old Quarry", "I went up to THE OLD quarries", "the old quarrymen"),
        ("an der alten Brücke", "ich war an der alten Bruecke", "an der Altbrücke"),
        ("alte Brücke", "bei den alten Brücken", "die Brücke ist alt"),
    ],
)
def test_own_phrase_counts_as_whole_words_in_any_form(phrase: str, said: str, unsaid: str) -> None:
    own = [OwnPhrase(phrase, HelpGroup.SUICIDE)]
    assert recognise(said, LANGUAGES, own) == {HelpGroup.SUICIDE}
    assert recognise(unsaid, LANGUAGES, own) == frozenset()
    assert recognise("anything", LANGUAGES, [OwnPhrase(" ", HelpGroup.SUICIDE)]) == frozenset()


def test_long_ago_is_not_now_unless_it_came_back() -> None:
    assert recognise("I used to self-harm as a teenager", ["en"]) == frozenset()
    began_again = "I used to self-harm as a teenager and it has started again"
    assert recognise(began_again, ["en"]) == {HelpGroup.SELF_HARM}
    assert recognise("Früher habe ich mich geritzt", ["de"]) == frozenset()
    assert recognise("Früher habe ich mich geritzt, jetzt wieder", ["de"]) == {HelpGroup.SELF_HARM}


@given(st.text(max_size=3000))
def test_any_text_can_be_read(text: str) -> None:
    assert recognise(text, LANGUAGES) <= set(HelpGroup)


_WORDS = st.sampled_from(sorted({word for group, sentence in EXAMPLES if group for word in sentence.split()}))


@given(st.lists(_WORDS, max_size=300).map(" ".join))
def test_any_order_of_frightening_words_can_be_read(text: str) -> None:
    assert recognise(text, LANGUAGES) <= set(HelpGroup)


def seconds(work: Callable[[], object]) -> float:
    """Return the least that it takes of ten times, because a busy machine says nothing about the code."""

    def once() -> float:
        began = thread_time()
        work()
        return thread_time() - began

    return min(once() for _ in range(10))


def reading(text: str, languages: list[str]) -> float:
    return seconds(lambda: recognise(text, languages))


@pytest.mark.parametrize("language", LANGUAGES)
def test_reading_is_fast(language: str) -> None:
    """As long as to find the words of the text a hundred times, at most. It is some 40 to 60: 3 to 8 ms.

    Where a site has more languages, they cost little more: a sentence is seldom asked about in two.
    """
    examples = written_examples(FOLDER / language / "examples")
    text = ". ".join(sentence for group, sentence in examples if not group)[:2000]
    finding_words = seconds(lambda: [word.casefold() for word in re.findall(r"\w+", text)])
    assert reading(text, [language]) < 100 * finding_words
    assert reading(text, LANGUAGES) < 120 * finding_words


@pytest.mark.parametrize("hard", ["want to ", "kill ", "not ", "he ", "a", "will ", "nicht ", "er ", "mich "])
def test_time_does_not_explode(hard: str) -> None:
    """Ten times the words may take forty times as long at most: a hundred would be the square."""
    assert reading(hard * 2000, LANGUAGES) < 40 * max(reading(hard * 200, LANGUAGES), 0.001)
