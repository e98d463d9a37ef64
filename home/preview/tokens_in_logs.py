"""Keeps the tokens of drafts out of logs, where a front end sends one in the address."""

import re

from home.hidden_in_logs import HideInLogs


class HideTokens(HideInLogs):
    pattern = re.compile(r"([?&]token=)[^&\s]+")
