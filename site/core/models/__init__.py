from .backups import BackupRun
from .base import BasePage
from .images import PracticeImage, PracticeRendition
from .review import ReviewedPage, Reviewer

__all__ = ["BackupRun", "BasePage", "PracticeImage", "PracticeRendition", "ReviewedPage", "Reviewer"]
