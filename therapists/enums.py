"""The choices that profiles, the directory and matching share."""

from datetime import datetime, time

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from therapists.openings import UK


class RegistrationBody(TextChoices):
    BACP = "bacp", _("BACP")
    BABCP = "babcp", _("BABCP")
    BPC = "bpc", _("BPC")
    BPS = "bps", _("BPS")
    HCPC = "hcpc", _("HCPC")
    NCPS = "ncps", _("NCPS")
    UKCP = "ukcp", _("UKCP")


class TrainingLevel(TextChoices):
    FULL = "full", _("Fully trained")
    PARTIAL = "partial", _("Some training")


class ConcernLevel(TextChoices):
    SPECIALISM = "specialism", _("Specialises in")
    WORKS_WITH = "works_with", _("Works with")
    DOES_NOT_TAKE = "does_not_take", _("Does not take")


class ClientGroup(TextChoices):
    INDIVIDUAL = "individual", _("One adult")
    COUPLE = "couple", _("A couple")
    FAMILY = "family", _("A family")
    GROUP = "group", _("A group")


class SessionFormat(TextChoices):
    VIDEO = "video", _("Video")
    PHONE = "phone", _("Phone")
    TEXT = "text", _("Text chat")
    IN_PERSON = "in_person", _("In person")


class Gender(TextChoices):
    WOMAN = "woman", _("Woman")
    MAN = "man", _("Man")
    NON_BINARY = "non_binary", _("Non-binary")


class Language(TextChoices):
    """Codes of ISO 639-1; British Sign Language by its ISO 639-3 code."""

    ENGLISH = "en", _("English")
    ARABIC = "ar", _("Arabic")
    BENGALI = "bn", _("Bengali")
    BSL = "bfi", _("British Sign Language")
    CANTONESE = "yue", _("Cantonese")
    FRENCH = "fr", _("French")
    GERMAN = "de", _("German")
    GREEK = "el", _("Greek")
    GUJARATI = "gu", _("Gujarati")
    HINDI = "hi", _("Hindi")
    ITALIAN = "it", _("Italian")
    POLISH = "pl", _("Polish")
    PORTUGUESE = "pt", _("Portuguese")
    PUNJABI = "pa", _("Punjabi")
    ROMANIAN = "ro", _("Romanian")
    SOMALI = "so", _("Somali")
    SPANISH = "es", _("Spanish")
    TURKISH = "tr", _("Turkish")
    URDU = "ur", _("Urdu")
    WELSH = "cy", _("Welsh")
    YORUBA = "yo", _("Yoruba")


class AvailabilityStatus(TextChoices):
    """Whether a new client could begin on a given day, and why not."""

    OPEN = "open", _("Has a place now")
    LATER = "later", _("Has a place later")
    AWAY = "away", _("Away")
    PAUSED = "paused", _("Not taking new clients at the moment")
    FULL = "full", _("No place at the moment")
    UNKNOWN = "unknown", _("Ask us about places")


class PausedBy(TextChoices):
    """Whose a pause is: whoever made it, or the practice, says when it ends."""

    PRACTICE = "practice", _("The practice")
    THERAPIST = "therapist", _("The therapist")
    SILENCE = "silence", _("Offers that were not answered")


class Weekday(IntegerChoices):
    """Numbered as in `date.weekday()`."""

    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


class DayPart(TextChoices):
    """The parts of a day that a visitor chooses among. See `DAY_PART_HOURS` for their bounds."""

    MORNING = "morning", _("Morning")
    AFTERNOON = "afternoon", _("Afternoon")
    EVENING = "evening", _("Evening")


#: From (included) to (excluded), in UK time.
DAY_PART_HOURS = {
    DayPart.MORNING: (time(7), time(12)),
    DayPart.AFTERNOON: (time(12), time(17)),
    DayPart.EVENING: (time(17), time(22)),
}


def part_of_day(moment: datetime) -> DayPart | None:
    """Return the part of the day in which a moment is, in UK time; None at night."""
    clock = moment.astimezone(UK).time()
    return next((part for part, (start, end) in DAY_PART_HOURS.items() if start <= clock < end), None)


type Slot = tuple[Weekday, DayPart]


def slot_in_words(weekday: int, part: str) -> str:
    """Return “Tuesday evening”."""
    return gettext("%(day)s %(part)s") % {"day": Weekday(weekday).label, "part": DayPart(part).label.lower()}


class TimeOfWeek(TextChoices):
    """The times that the directory filters by. See `TIME_OF_WEEK_SLOTS`."""

    WEEKDAY_MORNINGS = "weekday-mornings", _("Weekday mornings")
    WEEKDAY_AFTERNOONS = "weekday-afternoons", _("Weekday afternoons")
    WEEKDAY_EVENINGS = "weekday-evenings", _("Weekday evenings")
    WEEKENDS = "weekends", _("Weekends")


WORKING_DAYS = tuple(day for day in Weekday if day < Weekday.SATURDAY)

TIME_OF_WEEK_SLOTS: dict[TimeOfWeek, frozenset[Slot]] = {
    TimeOfWeek.WEEKDAY_MORNINGS: frozenset((day, DayPart.MORNING) for day in WORKING_DAYS),
    TimeOfWeek.WEEKDAY_AFTERNOONS: frozenset((day, DayPart.AFTERNOON) for day in WORKING_DAYS),
    TimeOfWeek.WEEKDAY_EVENINGS: frozenset((day, DayPart.EVENING) for day in WORKING_DAYS),
    TimeOfWeek.WEEKENDS: frozenset(
        (day, part) for day in (Weekday.SATURDAY, Weekday.SUNDAY) for part in DayPart
    ),
}
