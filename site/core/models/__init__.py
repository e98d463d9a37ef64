from .backups import BackupRun
from .base import BasePage
from .images import PracticeImage, PracticeRendition
from .review import ReviewedPage, Reviewer
from .site_setting import PublicSetting

__all__ = [
    "BackupRun",
    "BasePage",
    "PracticeImage",
    "PracticeRendition",
    "PublicSetting",
    "ReviewedPage",
    "Reviewer",
]
