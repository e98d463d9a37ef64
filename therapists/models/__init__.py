from .availability import Absence, Availability, WeeklyWindow
from .departures import Departure, PeopleIntroduced
from .diary_tasks import DiaryTask, DiaryTaskKind
from .directory_page import TherapistIndexPage
from .practice import ClientGroupFee, TherapistConcern, TherapistTherapy
from .private import TherapistPrivate
from .profiles import TherapistPage
from .querysets import TherapistQuerySet
from .registrations import Qualification, Registration

__all__ = [
    "Absence",
    "Availability",
    "ClientGroupFee",
    "Departure",
    "DiaryTask",
    "DiaryTaskKind",
    "PeopleIntroduced",
    "Qualification",
    "Registration",
    "TherapistConcern",
    "TherapistIndexPage",
    "TherapistPage",
    "TherapistPrivate",
    "TherapistQuerySet",
    "TherapistTherapy",
    "WeeklyWindow",
]
