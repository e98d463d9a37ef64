"""Sentences are found in a guide as a reader sees them, and in the marks of tests."""

from tests.guide.proofs import proofs_in
from tests.guide.sentences import sentences_in

GUIDE = """
# A title

Press *Send*: it is
sent. It says “Thank you.” and no more! “Why?” is asked. A number such as 3.5 ends nothing, nor does a full
stop before a small letter, e.g. this.

1. **First:** open it.
   Then close it.
   - Inside stands another.

2. Between paragraphs of a list.

| page | stands under | what it is |
|---|---|---|
| Front page | | the first words. They are yours |
"""
SOURCE = """
@pytest.mark.guide("One.", "A longer one, "
    "in two pieces.")
@pytest.mark.django_db
def test_it(): ...

@pytest.mark.guide("Of no test.")
def make_it(): ...
"""


def test_paragraphs_lists_and_rows_are_read_sentence_by_sentence() -> None:
    assert sentences_in(GUIDE) == [
        "Press Send: it is sent.",
        "It says “Thank you.” and no more!",
        "“Why?” is asked.",
        "A number such as 3.5 ends nothing, nor does a full stop before a small letter, e.g. this.",
        "First: open it.",
        "Then close it.",
        "Inside stands another.",
        "Between paragraphs of a list.",
        "Front page: the first words.",
        "Front page: They are yours",
    ]


def test_marks_of_tests_are_read() -> None:
    assert list(proofs_in(SOURCE)) == [("One.", "test_it"), ("A longer one, in two pieces.", "test_it")]
