"""Each sentence of the guide for editors is proved by a test, or claims nothing of the site.

A sentence that says how the site behaves is the mark of the test that proves it: `@pytest.mark.guide`.
What only advises people, or says why, stands in `advice.txt`. Whoever changes a sentence looks at its proof.
"""

from pathlib import Path

from django.conf import settings

from core.admin.guide import FILE
from tests.guide.proofs import proved_sentences
from tests.guide.sentences import sentences_in

ADVICE = Path(__file__).with_name("advice.txt")
GUIDE = sentences_in(FILE.read_text())
PROVED = proved_sentences(settings.ROOT / "tests")
ADVISED = [line for line in ADVICE.read_text().splitlines() if line and not line.startswith("#")]


def test_each_sentence_is_proved_or_is_advice() -> None:
    unproved = [sentence for sentence in GUIDE if sentence not in PROVED and sentence not in ADVISED]
    assert unproved == [], (
        "Mark the test that proves it; if it claims nothing of the site, add it to advice.txt"
    )


def test_no_test_and_no_advice_is_of_words_that_the_guide_does_not_say() -> None:
    gone = {*PROVED, *ADVISED} - set(GUIDE)
    assert sorted(gone) == [], "The guide says otherwise now: see whether the test still proves what it says"


def test_no_sentence_is_both_proved_and_advice() -> None:
    assert sorted(PROVED.intersection(ADVISED)) == []
