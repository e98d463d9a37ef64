from .glossary import GlossaryTerm
from .pages import HomePage, InfoPage
from .setting_translations import CrisisHelpTranslation, NavigationTranslation, PracticeTranslation
from .settings import Navigation, PracticeSettings
from .urgent_help import CrisisHelp, RiskPhrase

__all__ = [
    "CrisisHelp",
    "CrisisHelpTranslation",
    "GlossaryTerm",
    "HomePage",
    "InfoPage",
    "Navigation",
    "NavigationTranslation",
    "PracticeSettings",
    "PracticeTranslation",
    "RiskPhrase",
]
