"""The form that is closed because nobody would hear of an enquiry, on the admin's home."""

from django.utils.translation import gettext as _

from core.admin.alarms_panel import Alarm, register_alarm_for_everyone
from therapists.enquiries.reach import who_is_missing
from therapists.matching.models import MatchingPage


@register_alarm_for_everyone
def enquiries_reach_nobody() -> Alarm | None:
    lacks = who_is_missing()
    if not lacks or not MatchingPage.objects.live().exists():
        return None
    words = [_("Visitors cannot send an enquiry: the form is closed, because nobody would hear of it.")]
    links = tuple((lack.address, lack.link) for lack in lacks)
    return Alarm(" ".join([*words, *(lack.words for lack in lacks)]), links)
