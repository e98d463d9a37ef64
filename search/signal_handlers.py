"""Fills the index anew after a migration that changed what it holds of each page."""

from collections.abc import Sequence
from typing import Any

from django.core.management import call_command
from django.db.migrations import Migration

CHANGES_OF_THE_INDEX = frozenset(
    {"0002_keep_conditional_words_apart", "0006_find_beginnings_of_words_without_accents"}
)


def index_anew(plan: Sequence[tuple[Migration, bool]] = (), **kwargs: Any) -> None:
    """Rewrite every entry: those of before hold words that may be withdrawn, or beginnings with accents."""
    applied = {step.name for step, is_backwards in plan if step.app_label == "search" and not is_backwards}
    if applied & CHANGES_OF_THE_INDEX:
        call_command("update_index", verbosity=0)
