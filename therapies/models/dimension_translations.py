"""Points of comparison in other languages: what heads the facts of translated pages."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.caching.content_memory import remembered
from core.models import RecordTranslation
from core.models.record_translation import words_in_active_language


class DimensionTranslation(RecordTranslation):
    original = models.ForeignKey(
        "therapies.ComparisonDimension",
        verbose_name=_("point of comparison"),
        on_delete=models.CASCADE,
        related_name="translations",
    )
    label = models.CharField(
        _("short label"), max_length=40, blank=True, help_text=_("Empty: as in the main language.")
    )
    question = models.CharField(
        _("question"), max_length=120, blank=True, help_text=_("Empty: as in the main language.")
    )

    panels = ["original", "locale", "label", "question"]

    class Meta(RecordTranslation.Meta):
        verbose_name = _("point of comparison in another language")
        verbose_name_plural = _("points of comparison in other languages")
        ordering = ["original", "locale"]


@remembered
def dimension_words() -> dict[int, dict[str, Any]]:
    """Return the words of each point of comparison in the active language, by its key."""
    return words_in_active_language(DimensionTranslation.objects.order_by())
