"""The index of a page holds its own words alone: what depends on other records is told apart."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageBlock
from wagtail.search import index

from core.blocks.conditional import conditional_texts_in
from core.models import BasePage

TYPES = [model for model in apps.get_models() if issubclass(model, BasePage)]
FIELDS = [field for model in TYPES for field in model._meta.fields if isinstance(field, StreamField)]

#: Methods that read nothing but columns of the page itself.
OWN_TEXTS = {"other_names_text", "other_words_text", "synonyms_text"}


def blocks_in(block: blocks.Block) -> Iterator[blocks.Block]:
    yield block
    if isinstance(block, blocks.ListBlock):
        yield from blocks_in(block.child_block)
    for child in getattr(block, "child_blocks", {}).values():
        yield from blocks_in(child)


def chooses_a_record(block: blocks.StructBlock) -> bool:
    """Whether the block itself, or a list in it, chooses pages, pictures or other records."""
    inside = [
        child.child_block if isinstance(child, blocks.ListBlock) else child
        for child in block.child_blocks.values()
    ]
    return any(isinstance(child, blocks.ChooserBlock | ImageBlock) for child in inside)


def choosing_blocks(field: StreamField) -> list[blocks.StructBlock]:
    return [
        block
        for block in blocks_in(field.stream_block)
        if isinstance(block, blocks.StructBlock)
        and not isinstance(block, ImageBlock)
        and chooses_a_record(block)
    ]


@pytest.mark.parametrize("field", list(filter(choosing_blocks, FIELDS)), ids=str)
def test_a_block_that_chooses_records_says_which_of_its_words_need_them(field: StreamField) -> None:
    silent = {
        type(block).__name__ for block in choosing_blocks(field) if not hasattr(block, "conditional_texts")
    }
    assert silent == set(), (
        "Make each a ConditionalBlock: `needs` is empty where all its words are always shown"
    )


def test_a_block_may_hold_no_picture() -> None:
    block = blocks.StructBlock([("picture", ImageBlock(required=False)), ("words", blocks.CharBlock())])

    assert list(conditional_texts_in(block, block.normalize({"picture": None, "words": "Words"}))) == []


@pytest.mark.parametrize("model", TYPES)
def test_a_page_type_indexes_nothing_of_other_records(model: type[BasePage]) -> None:
    columns = {field.name for field in model._meta.concrete_fields if not field.is_relation}
    read = [field for field in model.get_search_fields() if not isinstance(field, index.FilterField)]
    assert read
    assert {field.field_name for field in read} <= columns | OWN_TEXTS
    assert not any(isinstance(field, index.RelatedFields) for field in read)
