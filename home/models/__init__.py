from .base import BasePage
from .glossary import GlossaryTerm
from .images import PracticeImage, PracticeRendition
from .pages import HomePage, InfoPage
from .review import ReviewedPage, Reviewer
from .settings import CrisisHelp, Navigation, PracticeSettings

__all__ = [
    "BasePage",
    "CrisisHelp",
    "GlossaryTerm",
    "HomePage",
    "InfoPage",
    "Navigation",
    "PracticeImage",
    "PracticeRendition",
    "PracticeSettings",
    "ReviewedPage",
    "Reviewer",
]
