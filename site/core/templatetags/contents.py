from django import template
from wagtail.blocks.stream_block import StreamValue

from core.blocks.sections import Section
from core.blocks.story import sections_of

register = template.Library()


@register.simple_tag
def story_sections(story: StreamValue) -> list[Section]:
    """`{% story_sections page.body as sections %}`, for `components/on_this_page.html`."""
    return sections_of(story)
