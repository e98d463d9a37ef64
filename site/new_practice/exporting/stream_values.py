"""Turns stored blocks and rich text into what content files say: the other way round of `loading`."""

from collections.abc import Sequence
from typing import Any

from wagtail import blocks
from wagtail.images.blocks import ImageBlock
from wagtail.models import Page
from wagtail.snippets.blocks import SnippetChooserBlock

from core.models import PracticeImage
from new_practice.exporting.picture_files import PictureFiles
from new_practice.loading import rich_text
from new_practice.loading.stream_content import is_plain, only_kind


class ContentReader:
    """Reads stream fields and rich text of the site below a front page; links to pages become paths."""

    def __init__(self, home: Page, pictures: PictureFiles) -> None:
        self._root = home.url_path.rstrip("/")
        self._pictures = pictures
        pages = home.get_descendants(inclusive=True).values_list("pk", "url_path")
        self._paths = {pk: path.removeprefix(self._root) for pk, path in pages}

    def picture(self, image: PracticeImage | None) -> dict[str, Any] | None:
        return self._pictures.written(image) if image else None

    def slug(self, pk: int) -> str | None:
        """Return the last part of a page's path, which was read with all others."""
        return self._paths[pk].strip("/").rpartition("/")[2] if pk in self._paths else None

    def rich_text(self, text: str) -> str:
        return rich_text.readable(text, self._paths.get)

    def stream(self, value: blocks.StreamValue) -> list[Any]:
        """Return the blocks: without their type where there is one only, then as mere words if so."""
        read = [(child.block_type, self._value(child.block, child.value)) for child in value]
        if is_plain(value.stream_block):
            [child_block] = value.stream_block.child_blocks.values()
            first = next(iter(getattr(child_block, "child_blocks", ())), None)
            return [inner[first] if first and list(inner) == [first] else inner for _kind, inner in read]
        return [{"type": kind, "value": inner} for kind, inner in read]

    def _value(self, block: blocks.Block, value: Any) -> Any:
        match block:
            case blocks.RichTextBlock():
                return self.rich_text(value.source)
            case blocks.PageChooserBlock():
                return self._page(block, value)
            case SnippetChooserBlock():
                return value.key if value else None
            case ImageBlock():
                return self._figure(value)
            case blocks.ListBlock():
                inner = [self._value(block.child_block, one) for one in value]
                return [one for one in inner if one is not None]
            case blocks.StructBlock():
                return without_empty(
                    {name: self._value(child, value.get(name)) for name, child in block.child_blocks.items()}
                )
            case _:
                return value

    def _page(self, block: blocks.PageChooserBlock, page: Page | None) -> str | None:
        if page is None:
            return None
        return page.slug if only_kind(block) else self._paths.get(page.pk)

    def _figure(self, image: Any) -> dict[str, Any] | None:
        """Return the picture as the block has it: with the words for this place."""
        picture = self.picture(image)
        if picture is None:
            return None
        alt_text, decorative = image.contextual_alt_text, image.decorative
        return picture | without_empty({"alt_text": alt_text, "decorative": decorative})


def without_empty(record: dict[str, Any]) -> dict[str, Any]:
    """Return the record without keys whose absence says the same."""
    return {
        key: value for key, value in record.items() if value not in ("", None, [], {}) and value is not False
    }


def slugs(pages: Sequence[Page]) -> list[str]:
    return sorted(page.slug for page in pages)
