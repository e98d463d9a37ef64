"""Makes a site from content files: an owner's from the starter words, and the demo's from its own."""

from new_practice.loading.content_files import ContentFolder, Record
from new_practice.loading.fixed_pages import (
    FixedPages,
    create_fixed_page_drafts,
    create_info_page_drafts,
    publish_fixed_pages,
    publish_groups,
    publish_lists,
)
from new_practice.loading.library import load_library
from new_practice.loading.site_settings import build_settings
from new_practice.loading.snippets import build_dimensions, build_other_help
from new_practice.loading.stream_content import ContentWriter


def load_site(
    content: ContentFolder,
    address: str,
    *,
    practice: Record,
    help_now: Record,
    dimensions: ContentFolder,
    library: ContentFolder | None,
) -> FixedPages:
    """Create the site, or bring it in line with the files. Pages are drafts first, because they link."""
    pages = create_fixed_page_drafts(content, address)
    writer = ContentWriter(pages.home, library or content)
    build_dimensions(dimensions)
    if content.has("other_help"):
        build_other_help(content)
    create_info_page_drafts(content, pages.home)
    publish_lists(content, pages)
    if library:
        load_library(library, pages.therapies, pages.concerns, writer)
        publish_groups(content, pages, writer)
    publish_fixed_pages(content, pages, writer)
    build_settings(
        pages.site, writer, practice=practice, help_now=help_now, navigation=content.record("navigation")
    )
    return pages
