"""The last part of a page's address, made from its title in any script."""

from anyascii import anyascii
from django.utils.text import slugify

#: Shorter than what Wagtail stores, for one Chinese character may become six letters.
LONGEST = 80


def slug_of(title: str, longest: int = LONGEST, *, without_words: str = "page") -> str:
    """Return the title in Latin letters: “焦虑” is “jiaolu”.

    It is `without_words` where the title has neither letters nor digits.
    """
    slug = slugify(anyascii(title)) or without_words
    if len(slug) <= longest:
        return slug
    return slug[: longest + 1].rpartition("-")[0] or slug[:longest]
