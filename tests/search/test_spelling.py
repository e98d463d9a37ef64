import pytest

from search.spelling import corrected, words_of

NAMES = [
    "Grief and bereavement",
    "Anxiety and worry",
    "insomnia",
    "Cognitive behavioural therapy",
    "CBT",
    "Theresa Thiery",
]


@pytest.mark.parametrize(
    ("words", "spelt"),
    [
        ("greif", "grief"),
        ("Anxeity", "anxiety"),
        ("insomia", "insomnia"),
        ("cognitve behavioral therapy", "cognitive behavioural therapy"),
        ("greif for my dog", "grief for my dog"),
        ("Theresia", "theresa"),
        ("thier", "their"),
    ],
)
def test_slip_is_understood(words: str, spelt: str) -> None:
    assert corrected(words, words_of(NAMES)) == spelt


@pytest.mark.parametrize(
    "words", ["GRIEF and worry", "these", "There", "xylophone", "cat", "", "  ", "<b>&", "a" * 99]
)
def test_what_needs_no_other_spelling_gets_none(words: str) -> None:
    assert corrected(words, words_of(NAMES)) == ""


def test_words_are_told_apart_by_whatever_is_no_letter() -> None:
    texts = ["Self-harm,\ngrief/loss (CBT); naïve 2nd “Straße”", "GRIEF again"]
    known = words_of(texts) - words_of([])
    assert known == {"self", "harm", "grief", "loss", "cbt", "naïve", "nd", "strasse"}
