"""The renditions of images, named by role.

Each is made in AVIF and WebP, in several widths: as displayed and twice that, for sharp screens, or as wide
as its column. The browser picks one; the template sets `sizes`.
"""

from functools import lru_cache

from wagtail.images.models import AbstractImage, Filter, Picture, SourceImageIOError

FORMATS = ("avif", "webp")

#: For shared links: every consumer reads JPEG, but not all read WebP, and few AVIF.
SHARED = "fill-1200x630|format-jpeg|bgcolor-ffffff"

OPERATIONS = {
    # Shown 100 px wide on a phone, and 152 px in a row of the directory.
    "portrait_card": ["fill-104x130", "fill-176x220", "fill-304x380"],
    "portrait_profile": ["fill-240x300", "fill-480x600"],
    "figure": ["width-480", "width-880", "width-1320"],
    "social": ["fill-1200x630"],
}


def filter_specs(role: str) -> list[str]:
    """Return the filter specs of a role, in each format."""
    return [
        f"{operation}|format-{image_format}" for image_format in FORMATS for operation in OPERATIONS[role]
    ]


def specs_of_width(width: int) -> list[str]:
    """Return the filter specs of the whole image in this width, in each format. None is enlarged."""
    return [f"width-{width}|format-{image_format}" for image_format in FORMATS]


@lru_cache(maxsize=256)
def filter_of(spec: str) -> Filter:
    """Return the filter, which reads its operations from the spec once."""
    return Filter(spec)


#: The rendition of a figure that the sitemap lists.
LARGEST_FIGURE = filter_specs("figure")[-1]


def picture(image: AbstractImage, role: str, **attributes: str) -> Picture | None:
    """Return the image as a `picture` element with its width and height, or None where it cannot be."""
    try:
        return Picture(image.get_renditions(*map(filter_of, filter_specs(role))), attributes)
    except SourceImageIOError:
        return None
