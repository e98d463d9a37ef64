"""Draws the picture that stands beside a shared link: the page's title on paper, in the site's own type.

Words in, PNG out. The colours are those of tokens.css by day; Pillow reads the site's web fonts as they are.
"""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

SIZE = (1200, 630)
MARGIN = 96
PAPER, SAND, INK, INK_SOFT, LEAF = "#fbf8f2", "#f2ece1", "#1e2927", "#4a5854", "#1f5c4d"
TITLE_SIZES = (84, 72, 60, 50)
MOST_LINES = 4
LEADING = 1.16
TITLE_TOP, ROOM_FOR_TITLE = 150, 340
FONTS = Path(settings.SITE) / "static" / "fonts"


def draw_card(title: str, kicker: str, practice: str) -> bytes:
    """`kicker` says what kind of page it is, in small type above the title."""
    card = Image.new("RGB", SIZE, PAPER)
    canvas = ImageDraw.Draw(card)
    large, small = _mark(520, SAND), _mark(64, LEAF)
    card.paste(large, (790, 210), large)
    card.paste(small, (MARGIN - 8, 514), small)
    canvas.text((MARGIN, 84), kicker, font=_font("figtree", 32, 500), fill=INK_SOFT)
    font, lines = _fitted(title)
    line_height = round(font.size * LEADING)
    for number, line in enumerate(lines):
        canvas.text((MARGIN - 3, TITLE_TOP + number * line_height), line, font=font, fill=INK)
    canvas.text((MARGIN + 68, 524), practice, font=_font("figtree", 34, 600), fill=LEAF)
    file = BytesIO()
    card.quantize(64).save(file, "PNG", optimize=True)
    return file.getvalue()


def _fitted(title: str) -> tuple[ImageFont.FreeTypeFont, list[str]]:
    """The largest type in which the whole title fits; a very long one is cut short with an ellipsis."""
    width = SIZE[0] - 2 * MARGIN - 120
    for size in TITLE_SIZES:
        font = _font("fraunces", size, 540)
        lines = list(_lines(title, font, width))
        if len(lines) <= MOST_LINES and len(lines) * size * LEADING <= ROOM_FOR_TITLE:
            return font, lines
    kept = lines[:MOST_LINES]
    return font, [*kept[:-1], f"{kept[-1].rstrip(' ,.:;')}…"]


def _lines(text: str, font: ImageFont.FreeTypeFont, width: int) -> Iterator[str]:
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and font.getlength(longer) > width:
            yield line
            longer = word
        line = _cut(longer, font, width)
    if line:
        yield line


def _cut(word: str, font: ImageFont.FreeTypeFont, width: int) -> str:
    """A single word that is wider than the card ends where the card does."""
    while font.getlength(word) > width:
        word = word[:-1]
    return word


def _font(name: str, size: int, weight: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(FONTS / f"{name}.woff2", size)
    font.set_variation_by_axes([weight])
    return font


def _mark(size: int, colour: str) -> Image.Image:
    """The practice's mark: two arcs that lean towards each other, and what joins them."""
    fine = size * 2  # drawn larger and scaled down, so that its edges are smooth
    unit = fine / 32
    mark = Image.new("RGBA", (fine, fine))
    canvas = ImageDraw.Draw(mark)
    stroke = round(2.75 * unit)
    for centre, start in ((13.5, 90), (18.5, 270)):
        box = [(centre - 10.4) * unit, 5.6 * unit, (centre + 10.4) * unit, 26.4 * unit]
        canvas.arc(box, start, start + 180, fill=colour, width=stroke)
    canvas.line((12.5 * unit, 16 * unit, 19.5 * unit, 16 * unit), fill=colour, width=stroke)
    return mark.resize((size, size), Image.Resampling.LANCZOS)
