"""What the guide for editors says in numbers is what the code holds, and no number in it is left unread."""

import re
from datetime import timedelta

from allauth.mfa import app_settings as second_factor
from dateutil.relativedelta import relativedelta
from django.conf import settings
from django.core.management import get_commands

from core.admin.guide import FILE
from core.preview.models import LIFETIME
from core.reviews.signing import LONGEST_REVIEW_INTERVAL
from home.waiting import RUNG_EVERY
from search.waiting import LOOKED_AT_EVERY
from therapies.comparing import pairs
from therapists.enquiries.access.team import SMALLEST_TEAM
from therapists.enquiries.free_times import COUNTED_FOR
from therapists.enquiries.services import reminders, silence
from therapists.matching.form.journey import NEEDED_STEPS
from therapists.matching.form.steps import FIRST_CONCERNS
from therapists.models.availability import CONFIRMED_FOR
from therapists.registration_panel import WARNED_BEFORE

TEXT = " ".join(FILE.read_text().split())
A_QUARTER = timedelta(days=91)
#: What each passage with a number says, and what is.
HELD = {
    "type six digits": (second_factor.TOTP_DIGITS, 6),
    "keep the ten **recovery codes**": (second_factor.RECOVERY_CODE_COUNT, 10),
    "two people on the Matching team, a therapist": (SMALLEST_TEAM, 2),
    "while two people are on the Matching team": (SMALLEST_TEAM, 2),
    "your draft for up to an hour": (timedelta(hours=1) >= LIFETIME, True),
    "Any two to four therapies": ((pairs.FEWEST, pairs.MOST), (2, 4)),
    "are looked at once a quarter": (LOOKED_AT_EVERY, A_QUARTER),
    "Ring each number once a quarter": (RUNG_EVERY, A_QUARTER),
    "at most 36 months": (LONGEST_REVIEW_INTERVAL, relativedelta(months=36)),
    "ends within thirty days": (WARNED_BEFORE, timedelta(days=30)),
    "warns you 30 days before": (WARNED_BEFORE, timedelta(days=30)),
    "places in four weeks": (COUNTED_FOR, timedelta(weeks=4)),
    "ends after half a year": (settings.ENQUIRY_OWN_PAGE_LINK_DAYS, 180),
    "confirmed for three weeks": (CONFIRMED_FOR, timedelta(weeks=3)),
    "by e-mail, thrice, a week apart": (
        (reminders.MOST_DIARY_REMINDERS, reminders.BETWEEN_DIARY_REMINDERS),
        (3, timedelta(weeks=1)),
    ),
    "uses up a place for four weeks": (settings.ENQUIRY_UNANSWERED_USES_PLACE_DAYS, 28),
    "After two in a row": (silence.ASKED_AFTER, 2),
    "after three they are paused for twelve weeks": (
        (silence.PAUSED_AFTER, silence.PAUSED_FOR),
        (3, timedelta(weeks=12)),
    ),
    "Four questions lead to suggestions": (len(NEEDED_STEPS), 4),
    "The first seven concerns": (FIRST_CONCERNS, 7),
}
#: Numbers that say nothing of the site: advice to people, examples, and ways to speak.
SPOKEN = [
    "Three rules of the house",
    "write two to four lines",
    "with thirty people",
    "it will be wrong one day",
    "The ten commonest tasks",
    "as 31/12/2027 or 2027-12-31",
    "a twelve-year-old",
    "two therapies beside each other",
    "would stand there twice",
    "for each of the two in a few lines",
    "down on a day",
    "each therapist once a fortnight",
    "pause until a day",
    "how the two talk first",
    "is asked two questions",
]
UNITS = r"(?:days?|weeks?|fortnight|months?|years?|hours?|minutes?|quarter)"
NUMBERS = re.compile(
    rf"\b(?:an?|one|once an?|half an?) {UNITS}\b|(?<![\w/-])\d+\b(?!\. \*\*)"
    r"|\b(?:twice|thrice|two|three|four|five|six|seven|eight|nine|ten|twelve|thirty)\b",
    re.IGNORECASE,
)


def test_every_number_is_what_the_code_holds() -> None:
    assert {said for said in [*HELD, *SPOKEN] if said not in TEXT} == set()
    assert {said: (is_so, says) for said, (is_so, says) in HELD.items() if is_so != says} == {}


def test_no_number_is_left_unread() -> None:
    text = re.sub(r" \d\. \*\*", " ", TEXT)
    for said in sorted([*HELD, *SPOKEN], key=len, reverse=True):
        text = text.replace(re.sub(r" \d\. \*\*", " ", said), "")
    assert [text[max(0, one.start() - 30) : one.end() + 30] for one in NUMBERS.finditer(text)] == []


def test_every_file_and_command_is_there() -> None:
    named = re.findall(r"`([^`]+)`", TEXT)
    commands = [name.split()[1] for name in named if name.startswith("manage.py ")]
    files = [name for name in named if not name.startswith("manage.py ")]
    files += [f"docs/{name}" for name in re.findall(r"\]\(([^)#]+)\)", TEXT)]
    assert commands
    assert files
    assert [name for name in commands if name not in get_commands()] == []
    assert [name for name in files if not (settings.ROOT / name).is_file()] == []
