import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from core.blocks.sections import RESERVED, name_sections
from core.blocks.story import StoryBlock, sections_of


@given(st.lists(st.text(max_size=20)))
def test_every_section_has_an_address_of_its_own_that_the_frame_does_not_use(titles):
    anchors = [section.anchor for section in name_sections(titles)]

    assert all(anchors)
    assert len(set(anchors)) == len(anchors) == len(titles)
    assert not RESERVED & set(anchors)


def story(*blocks):
    stream = StoryBlock()
    return stream.to_python([{"type": name, "value": value} for name, value in blocks])


def test_headings_and_questions_begin_sections_and_nothing_else_does():
    questions = {
        "heading": "Questions people ask",
        "questions": [{"question": "Why?", "answer": "<p>So.</p>"}],
    }
    body = story(
        ("paragraph", "<p>Before.</p>"),
        ("heading", "What happens"),
        ("quote", {"quote": "I felt listened to.", "attribution": ""}),
        ("heading", "What happens"),
        ("questions", questions),
    )

    assert [(section.anchor, section.title) for section in sections_of(body)] == [
        ("what-happens", "What happens"),
        ("what-happens-2", "What happens"),
        ("questions-people-ask", "Questions people ask"),
    ]


@pytest.mark.guide("Headings make the list “On this page” by themselves.")
def test_the_contents_list_leads_to_the_headings_as_they_are_rendered():
    body = story(("heading", "First"), ("paragraph", "<p>Words.</p>"), ("heading", "First"))

    html = body.render_as_block()
    links = render_to_string("components/on_this_page.html", {"sections": sections_of(body)})

    for anchor in ("first", "first-2"):
        assert f'<h2 id="{anchor}">First</h2>' in html
        assert f'href="#{anchor}"' in links


def test_one_section_needs_no_contents_list():
    body = story(("heading", "Only"))

    assert render_to_string("components/on_this_page.html", {"sections": sections_of(body)}).strip() == ""
