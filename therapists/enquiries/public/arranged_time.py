from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.html import format_html
from django.utils.translation import gettext as _

from therapists.enquiries.describing import in_words


def arranged_time(moment: datetime, time_zone: str) -> str:
    """In words, and marked so that a script can add the reader's own time."""
    return format_html(
        '<time datetime="{}" data-own-time="{}" data-own-time-words="{}">{}</time>',
        moment.astimezone(ZoneInfo(time_zone)).isoformat(),
        time_zone,
        _("on your clock:"),
        in_words(moment, time_zone),
    )
