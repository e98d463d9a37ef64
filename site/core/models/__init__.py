from .base import BasePage
from .images import PracticeImage, PracticeRendition
from .review import ReviewedPage, Reviewer

__all__ = ["BasePage", "PracticeImage", "PracticeRendition", "ReviewedPage", "Reviewer"]
