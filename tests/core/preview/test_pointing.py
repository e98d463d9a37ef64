"""A preview points to the words that a check found."""

import pytest
from bs4 import BeautifulSoup

from core.preview.pointing import pointed_to

PAGE = "<html><head><title>It works for everyone</title></head><body><h1>Fees</h1>{}</body></html>"


def keys_of(body: str, **words: list[str]) -> dict[str, str]:
    """Return the keys of each element that has some, by its name."""
    html = pointed_to(PAGE.format(body), words)
    assert "".join(BeautifulSoup(html, "html.parser").stripped_strings) == "".join(
        BeautifulSoup(PAGE.format(body), "html.parser").stripped_strings
    )
    return {tag.name: tag["data-check"] for tag in BeautifulSoup(html, "html.parser").select("[data-check]")}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>A. It works\n for Everyone.</p><p>It works for everyone.</p>", {"p": "promise"}),
        ('<p title="a > b">Or so: <b>works for everyone</b></p>', {"b": "promise"}),
        ("<script>'works for everyone'</script><!-- works for everyone -->", {"h1": "promise"}),
        ("<p>It <i>works</i> for everyone.</p>", {"h1": "promise"}),
        ("<ul><li>One<br>It works for everyone", {"li": "promise"}),
    ],
)
def test_the_element_with_the_words_is_pointed_to_or_else_the_heading(body, expected):
    assert keys_of(body, promise=["works for everyone"]) == expected


def test_each_check_points_to_all_its_words():
    body = "<p>A &amp; B cures it.</p><dd>No side effects; a &amp; b cures it.</dd>"
    words = {"promise": ["a & b cures it", "no side effects"], "title": ["no side effects"]}
    assert keys_of(body, **words) == {"p": "promise", "dd": "promise title"}


def test_nothing_to_point_to_changes_nothing():
    assert pointed_to(PAGE.format("<p>Words.</p>"), {}) == PAGE.format("<p>Words.</p>")
