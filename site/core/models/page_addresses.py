"""The last part of a page's address, made from its title in any script."""

from anyascii import anyascii
from django.utils.text import slugify

#: Shorter than what Wagtail stores, for one Chinese character may become six letters.
LONGEST = 80


def slug_of(title: str) -> str:
    """Return the title in Latin letters: “焦虑” is “jiaolu”. It is “page” without letters and digits."""
    slug = slugify(anyascii(title)) or "page"
    if len(slug) <= LONGEST:
        return slug
    return slug[: LONGEST + 1].rpartition("-")[0] or slug[:LONGEST]
