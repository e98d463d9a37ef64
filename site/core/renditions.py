"""The sizes that pictures are shown in, by the part they play. One place to change them all.

Each part is made in AVIF and in WebP: at twice the size it is shown at, for sharp screens, or in several
widths where it fills its column (the browser picks one; say the `sizes` where the picture is used).
"""

from wagtail.images.models import AbstractImage, Picture
from wagtail.images.shortcuts import get_renditions_or_not_found

FORMATS = ("avif", "webp")

#: Where a link is shared: those who fetch such pictures read JPEG, not all WebP, and few AVIF.
SHARED = "fill-1200x630|format-jpeg|bgcolor-ffffff"

OPERATIONS = {
    "portrait_card": ["fill-144x144"],
    "portrait_profile": ["fill-480x480"],
    "figure": ["width-480", "width-880", "width-1320"],
    "social": ["fill-1200x630"],
}


def filter_specs(role: str) -> list[str]:
    """What Wagtail must make of a picture for this role, in each format."""
    return [
        f"{operation}|format-{image_format}" for image_format in FORMATS for operation in OPERATIONS[role]
    ]


#: What a sitemap names of a picture in a story.
LARGEST_FIGURE = filter_specs("figure")[-1]


def picture(image: AbstractImage, role: str, **attributes: str) -> Picture:
    """The image as a `picture` element, with its width and height set."""
    return Picture(get_renditions_or_not_found(image, filter_specs(role)), attributes)
