"""The fixed choices of facts. What editors add to (concerns, dimensions) is in the database."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class TherapyFamily(TextChoices):
    BEHAVIOURAL = "behavioural", _("Cognitive and behavioural")
    PSYCHODYNAMIC = "psychodynamic", _("Psychodynamic")
    INTERPERSONAL = "interpersonal", _("Interpersonal")
    HUMANISTIC = "humanistic", _("Humanistic")
    SYSTEMIC = "systemic", _("Couples and families")
    INTEGRATIVE = "integrative", _("Integrative")


class ValueType(TextChoices):
    TEXT = "text", _("Text")
    RANGE = "range", _("Range of numbers")
    CHOICE = "choice", _("One of a few")
    LIST = "list", _("List")


class Unit(TextChoices):
    """Sessions and weeks are different units: a weekly therapy may pause."""

    SESSIONS = "sessions", _("sessions")
    WEEKS = "weeks", _("weeks")
    MONTHS = "months", _("months")
    MINUTES = "minutes", _("minutes")


class EvidenceLevel(TextChoices):
    """How well a therapy has been studied for a concern, in the order in which pages list it.

    The last two are findings against it: they stand under no heading of what may help.
    """

    GUIDELINE_FIRST = "guideline_first", _("Recommended first in a guideline")
    GUIDELINE_OPTION = "guideline_option", _("An option in a guideline")
    TRIAL = "trial", _("Tested in trials")
    EARLY = "early", _("Early evidence")
    CLINICAL_EXPERIENCE = "clinical_experience", _("Clinical experience")
    NOT_BETTER = "not_better", _("Tested, and not found better")
    LESS_HELPFUL = "less_helpful", _("May be less helpful")

    @property
    def is_in_favour(self) -> bool:
        return self not in {EvidenceLevel.NOT_BETTER, EvidenceLevel.LESS_HELPFUL}

    @property
    def marks(self) -> tuple[bool, ...]:
        """Return the filled and the empty ones of three marks: how well it has been studied, at a glance.

        A finding against a therapy has none, for filled marks would look like praise.
        """
        if not self.is_in_favour:
            return ()
        filled = {"guideline_first": 3, "guideline_option": 3, "trial": 2, "early": 1}.get(self.value, 0)
        return filled > 0, filled > 1, filled > 2


class Drawing(TextChoices):
    """Line drawings that tell groups and therapies apart, each a file of `components/drawings/`."""

    GARDEN_PATH = "garden_path", _("A path to an arch")
    TWO_CUPS = "two_cups", _("Two cups at a window")
    OPEN_DOOR = "open_door", _("An open door")
    ARMCHAIR = "armchair", _("An armchair and a lamp")
    MIRROR = "mirror", _("A mirror")
    BRANCHES = "branches", _("Branches in a jug")


class ConcernKind(TextChoices):
    FEELING = "feeling", _("A feeling")
    CONDITION = "condition", _("A condition")
    LIFE_EVENT = "life_event", _("Something that happened")
    RELATIONSHIP = "relationship", _("A relationship")


class ReferenceType(TextChoices):
    GUIDELINE = "guideline", _("Guideline")
    REVIEW = "review", _("Systematic review")
    TRIAL = "trial", _("Trial")
    ARTICLE = "article", _("Journal article")
    BOOK = "book", _("Book")
    PROFESSIONAL_BODY = "professional_body", _("Professional body")
    WEB_PAGE = "web_page", _("Web page")
