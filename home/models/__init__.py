from .glossary import GlossaryTerm
from .pages import HomePage, InfoPage
from .settings import CrisisHelp, Navigation, PracticeSettings

__all__ = ["CrisisHelp", "GlossaryTerm", "HomePage", "InfoPage", "Navigation", "PracticeSettings"]
