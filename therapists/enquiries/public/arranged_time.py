from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _

from therapists.enquiries.describing import time_zone_name


def arranged_time(moment: datetime, time_zone: str) -> str:
    """In words, and marked so that a script can add the reader's own time."""
    starts = moment.astimezone(ZoneInfo(time_zone))
    return format_html(
        '<time datetime="{}" data-own-time="{}" data-own-time-words="{}">{} ({})</time>',
        starts.isoformat(),
        time_zone,
        _("on your clock:"),
        date_format(starts, "l j F Y, H:i"),
        time_zone_name(time_zone),
    )
