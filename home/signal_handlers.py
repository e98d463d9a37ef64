"""Announces changes of settings and glossary terms to webhooks."""

from core.caching.surrogate_keys import HTML, SETTINGS
from core.webhooks.change_registry import Change, announce_changes_of
from core.webhooks.enums import EventType
from home.models import (
    CrisisHelp,
    CrisisHelpTranslation,
    GlossaryTerm,
    Navigation,
    NavigationTranslation,
    PracticeSettings,
    PracticeTranslation,
)

SHOWN_EVERYWHERE = (
    PracticeSettings,
    PracticeTranslation,
    CrisisHelp,
    CrisisHelpTranslation,
    Navigation,
    NavigationTranslation,
)


def announce_settings() -> None:
    announce_changes_of(GlossaryTerm, EventType.GLOSSARY_CHANGED, lambda term: Change([HTML]))
    for model in SHOWN_EVERYWHERE:
        announce_changes_of(model, EventType.SETTINGS_CHANGED, lambda settings: Change([SETTINGS]))
