"""Keeps the tokens of drafts out of logs, where a front end sends one in the address."""

import re

from core.log_redaction import HideInLogs


class HideTokens(HideInLogs):
    pattern = re.compile(r"([?&]token=)[^&\s]+")
