"""How soon the practice replies: what the last month makes true, or else what the practice has set."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.humanize.templatetags.humanize import apnumber
from django.utils import timezone
from django.utils.translation import ngettext
from wagtail.models import Site

from home.models import PracticeSettings
from therapists.enquiries.enums import State
from therapists.enquiries.models import Enquiry
from therapists.enquiries.reports.response_figures import days_ago

DAYS_LOOKED_BACK = 30
#: Fewer replies than this are chance.
LEAST_REPLIES = 10
#: "Usually" is four times in five.
USUALLY = 0.8
#: In working days. A longer wait is nothing to promise.
LONGEST_PROMISE = 5
#: Here the waiting ended without a reply.
GIVEN_UP = {State.WITHDRAWN, State.CLOSED}
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Wait:
    """From the day an enquiry came to the day it was answered, given up, or until today."""

    received: date
    until: date
    is_answered: bool

    @property
    def working_days(self) -> int:
        """The day it came does not count. A bank holiday does, which only makes a promise harder to reach."""
        days = (
            self.received + timedelta(days=ahead + 1) for ahead in range((self.until - self.received).days)
        )
        return sum(day.weekday() < SATURDAY for day in days)


def usual_working_days(waits: Collection[Wait]) -> int | None:
    """Within how many working days a reply usually came, or None where there is nothing true to say.

    Someone who still waits counts against every promise that is already broken for them. For the others it
    is too early to tell, so they count neither way.
    """
    if sum(wait.is_answered for wait in waits) < LEAST_REPLIES:
        return None
    for days in range(1, LONGEST_PROMISE + 1):
        known = [wait for wait in waits if wait.is_answered or wait.working_days > days]
        kept = sum(wait.working_days <= days for wait in known)
        if kept >= USUALLY * len(known):
            return days
    return None


@dataclass(frozen=True, slots=True)
class ReplyPromise:
    """As text it is the sentence that visitors read."""

    usual_working_days: int
    #: Counted from replies, and not only meant.
    is_counted: bool = True

    def __str__(self) -> str:
        if not self.is_counted:
            return ngettext(
                "We mean to reply within one working day.",
                "We mean to reply within %(days)s working days.",
                self.usual_working_days,
            ) % {"days": apnumber(self.usual_working_days)}
        return ngettext(
            "We usually reply within one working day.",
            "We usually reply within %(days)s working days.",
            self.usual_working_days,
        ) % {"days": self.usual_working_days}


def reply_promise(site: Site | None) -> ReplyPromise | None:
    """What may be promised on a site today. One query where editors have not turned it off.

    Enough replies tell how it is, and where they keep no promise, none is made. Before, the setting speaks.
    """
    practice = PracticeSettings.for_site(site) if site else None
    if practice is None or not practice.says_reply_time:
        return None
    waits = _waits(timezone.localdate())
    if sum(wait.is_answered for wait in waits) < LEAST_REPLIES:
        meant = practice.reply_within_working_days
        return ReplyPromise(meant, is_counted=False) if meant else None
    days = usual_working_days(waits)
    return None if days is None else ReplyPromise(days)


def _waits(today: date) -> list[Wait]:
    rows = Enquiry.objects.filter(received_at__gte=days_ago(DAYS_LOOKED_BACK)).values_list(
        "received_at", "first_reply_at", "state", "state_since"
    )
    waits = []
    for received_at, replied_at, state, since in rows:
        ended_at = replied_at or (since if state in GIVEN_UP else None)
        until = timezone.localdate(ended_at) if ended_at else today
        waits.append(Wait(timezone.localdate(received_at), until, is_answered=replied_at is not None))
    return waits
