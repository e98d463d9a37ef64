"""Compare the words of a page with the published facts."""

from collections.abc import Iterator

from django.db.models import prefetch_related_objects
from wagtail.models import Page
from wagtail.rich_text import get_text_for_indexing

from core.blocks.conditional import conditional_texts_in
from core.visibility import is_published
from therapies.contradictions.rules import (
    Finding,
    KnownTherapy,
    RecordedRange,
    contradictions,
    worth_comparing,
)
from therapies.models import ComparisonPage, TherapyPage


def contradictions_on(page: Page) -> list[Finding]:
    """Return the contradictions on a page about therapies; of any other page, none."""
    if not isinstance(page, TherapyPage | ComparisonPage):
        return []
    texts = list(_texts(page))
    if not (getattr(page, "other_names", None) or worth_comparing(texts)):
        return []
    # A translation bears the names of its original, and its facts.
    others = TherapyPage.objects.published().exclude(translation_key=page.translation_key)
    therapies = {therapy.pk: therapy for therapy in others}
    prefetch_related_objects(list(therapies.values()), "values__dimension")
    if isinstance(page, TherapyPage):
        # A draft has rows of its own, whose points of comparison are read at once here.
        prefetch_related_objects(list(page.values.all()), "dimension")
        therapies[page.pk] = page
    known = {pk: _known(therapy) for pk, therapy in therapies.items()}
    about = known.get(page.pk) if isinstance(page, TherapyPage) else None
    return contradictions(texts, list(known.values()), about=about)


def _known(therapy: TherapyPage) -> KnownTherapy:
    ranges = (value for value in therapy.values.all() if is_published(value.dimension) and value.range_text)
    return KnownTherapy(
        key=str(therapy.pk),
        title=therapy.title,
        abbreviation=therapy.abbreviation,
        other_names=tuple(therapy.other_names),
        ranges=tuple(RecordedRange(v.minimum, v.maximum, v.unit, v.range_text) for v in ranges),
    )


def _texts(page: Page) -> Iterator[str]:
    yield page.summary
    if isinstance(page, ComparisonPage):
        yield get_text_for_indexing(page.overall)
    yield from page.body.stream_block.get_searchable_content(page.body)
    yield from (words.text for words in conditional_texts_in(page.body.stream_block, page.body))
