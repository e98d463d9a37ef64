"""Keeps private links out of logs: whoever has one can open what it opens."""

import re

from core.log_redaction import HideInLogs


class HidePrivateLinks(HideInLogs):
    pattern = re.compile(r"(/enquiries/(?:status|offer|introduction)/)[^/\s]+")
