"""The words of the demo's content: its voice, its spelling and the length of its sentences."""

import re

from tests.demo.content import FORBIDDEN, PAGES, every_page, rich_texts, words


@every_page
def test_voice_promises_nothing_and_is_uk_english(name):
    page = PAGES[name]
    said = words({key: value for key, value in page.items() if key not in {"synonyms", "values", "evidence"}})
    said += words(
        [row.get("short_value", "") + " " + row.get("detail", "") for row in page.get("values", [])]
    )
    said += words([row["note"] + " " + row["population"] for row in page.get("evidence", [])])
    assert FORBIDDEN.findall(said) == []


def lines_of(page):
    lines = [*page.get("suits", []), *page.get("other_way", [])]
    lines += [*page.get("first_suits", []), *page.get("second_suits", [])]
    return [line["words"] if isinstance(line, dict) else line for line in lines]


@every_page
def test_sentences_are_short(name):
    assert max((len(line.split()) for line in lines_of(PAGES[name])), default=0) <= 20
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
