"""How many years of school a text asks for, by the formula of Flesch and Kincaid."""

import re

SENTENCE_END = re.compile(r"(?<=[.?!])\s+")
WORD = re.compile(r"[a-z]+(?:['’][a-z]+)*", re.IGNORECASE)
VOWELS = re.compile(r"[aeiouy]+")
SILENT_END = re.compile(r"(?:[^aeiouyl]e|[aeiouy]le|[^aeiouytd]ed)$")


def syllables(word: str) -> int:
    """As many as there are groups of vowels, without an ending that is not spoken."""
    groups = len(VOWELS.findall(word.lower()))
    return max(1, groups - bool(SILENT_END.search(word.lower())))


def reading_grade(text: str) -> float:
    sentences = [sentence for sentence in SENTENCE_END.split(text) if WORD.search(sentence)]
    words = WORD.findall(text)
    spoken = sum(map(syllables, words))
    return 0.39 * len(words) / len(sentences) + 11.8 * spoken / len(words) - 15.59


def hardest_sentence(text: str) -> str:
    """Return the sentence that asks for the most years of school."""
    return max(SENTENCE_END.split(text), key=lambda one: reading_grade(one) if WORD.search(one) else 0)
