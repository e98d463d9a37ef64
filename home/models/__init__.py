from .glossary import GlossaryTerm
from .pages import HomePage, InfoPage
from .settings import Navigation, PracticeSettings
from .urgent_help import CrisisHelp, RiskPhrase

__all__ = [
    "CrisisHelp",
    "GlossaryTerm",
    "HomePage",
    "InfoPage",
    "Navigation",
    "PracticeSettings",
    "RiskPhrase",
]
