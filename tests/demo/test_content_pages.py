"""Each page of the demo's content: its shape, its blocks, its rich text and its links."""

from tests.demo.content import (
    COMPARISONS,
    CONCERNS,
    CONTENT,
    DIMENSIONS,
    PAGES,
    THERAPIES,
    Markup,
    every_page,
    page_exists,
    read,
    rich_texts,
)
from tests.demo.passes import for_each
from therapies.blocks import TherapyStoryBlock
from therapies.enums import Drawing
from therapies.models import ConcernPage

TAGS_OF_FEATURES = {
    "h3": {"h3"},
    "bold": {"b"},
    "italic": {"i"},
    "ol": {"ol", "li"},
    "ul": {"ul", "li"},
    "link": {"a"},
    "document-link": {"a"},
}

PAGE_KEYS = {"title", "summary", "search_description", "review", "body"}
ALLOWED_KEYS = {
    "therapies": PAGE_KEYS
    | {"abbreviation", "other_names", "family", "values", "evidence"}
    | {"in_short", "drawing", "suits", "other_way"},
    "concerns": PAGE_KEYS | {"kind", "position", "clinical_term", "synonyms", "adjacent", "in_short"},
    "comparisons": PAGE_KEYS
    | {"first", "second", "first_heading", "first_suits", "second_heading", "second_suits", "overall"},
}


def test_there_is_enough_to_choose_from():
    assert len(THERAPIES) >= 10
    assert len(CONCERNS) >= 14
    assert list(DIMENSIONS)[:4] == ["focus", "techniques", "duration", "applications"]


@every_page
def test_page_has_known_keys_and_fits_its_fields(name):
    page = PAGES[name]
    assert page.keys() <= ALLOWED_KEYS[name.split("/")[0]]
    assert page.keys() >= {"title", "summary", "review", "body"}
    assert len(page["summary"]) <= ConcernPage._meta.get_field("summary").max_length
    assert all(len(word) <= 80 for word in page.get("synonyms", []) + page.get("other_names", []))
    assert len(page.get("in_short", "")) <= ConcernPage._meta.get_field("in_short").max_length


@for_each(THERAPIES)
def test_therapy_says_first_whom_it_may_suit_and_whom_another(slug):
    page = THERAPIES[slug]
    assert page["in_short"]
    assert page["drawing"] in Drawing
    assert 2 <= len(page["suits"]) <= 4
    assert 2 <= len(page["other_way"]) <= 4
    others = [line["therapy"] for line in page["other_way"] if isinstance(line, dict)]
    assert others
    assert set(others) <= THERAPIES.keys() - {slug}
    lines = page["suits"] + [line["words"] if isinstance(line, dict) else line for line in page["other_way"]]
    assert all(line[0].islower() and line[-1].isalpha() and len(line) <= 120 for line in lines)


def test_the_lists_group_every_page_once():
    heads = read(CONTENT / "front_page.toml")
    for name, pages in [("therapies", THERAPIES), ("concerns", CONCERNS)]:
        grouped = [slug for group in heads[name]["groups"] for slug in group["pages"]]
        assert sorted(grouped) == sorted(pages)
        assert {group["drawing"] for group in heads[name]["groups"]} <= set(Drawing)


@every_page
def test_body_is_made_of_blocks_that_accept_it(name):
    for block in PAGES[name]["body"]:
        assert block.keys() == {"type", "value"}
        definition = TherapyStoryBlock().child_blocks[block["type"]]
        children = getattr(definition, "child_blocks", None)
        if children is None:
            assert isinstance(block["value"], str)
        else:
            assert block["value"].keys() <= children.keys()
    assert name.startswith("therapies/") or all(
        block["type"] != "comparison" for block in PAGES[name]["body"]
    )


@every_page
def test_short_texts_in_blocks_fit(name):
    for block in PAGES[name]["body"]:
        value = block["value"]
        if block["type"] == "heading":
            assert len(value) <= 80
        if isinstance(value, dict):
            assert len(value.get("heading", "")) <= 80
        if block["type"] == "invitation":
            assert len(value["text"]) <= 300
            assert len(value["link"]["label"]) <= 60
        if block["type"] == "questions":
            assert 1 <= len(value["questions"]) <= 12
            assert all(len(row["question"]) <= 160 for row in value["questions"])


@every_page
def test_rich_text_uses_only_what_its_field_allows(name):
    for html, features in rich_texts(PAGES[name]):
        allowed = {"p"}.union(*(TAGS_OF_FEATURES[feature] for feature in features))
        assert Markup(html).tags <= allowed
        assert html.strip().startswith("<")


@every_page
def test_every_link_leads_somewhere(name):
    for html, _ in rich_texts(PAGES[name]):
        assert [path for path in Markup(html).pages if not page_exists(path)] == []
    for block in PAGES[name]["body"]:
        if block["type"] == "invitation":
            assert page_exists(block["value"]["link"]["page"])


# Records that point at each other ----------------------------------------------------------------


@for_each(COMPARISONS)
def test_comparison_names_two_therapies(slug):
    page = COMPARISONS[slug]
    assert page["first"] in THERAPIES
    assert page["second"] in THERAPIES
    assert page["first"] != page["second"]
