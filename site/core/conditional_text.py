"""Words that visitors read only while other records are public, such as the caption of a picture."""

from dataclasses import dataclass

from django.db.models import Model


@dataclass(frozen=True, slots=True)
class ConditionalText:
    """Part of a page that is shown while every record in `needs` is public.

    Search keeps it apart from the page's own words, and asks at each search whether it may be read.
    With `title_of` it is the title of that page, as it is at the time, in place of `text`.
    """

    needs: tuple[tuple[type[Model], int], ...]
    text: str = ""
    title_of: int | None = None
