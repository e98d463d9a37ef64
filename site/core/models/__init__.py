from .backups import BackupRun
from .base import BasePage
from .clinical_review import ClinicalReview
from .images import PracticeImage, PracticeRendition
from .record_translation import RecordTranslation
from .review import ReviewedPage
from .review_digests import ReviewDigest
from .reviewers import Reviewer
from .sign_offs import SignOff
from .site_setting import PublicSetting

__all__ = [
    "BackupRun",
    "BasePage",
    "ClinicalReview",
    "PracticeImage",
    "PracticeRendition",
    "PublicSetting",
    "RecordTranslation",
    "ReviewDigest",
    "ReviewedPage",
    "Reviewer",
    "SignOff",
]
