"""Removes the tokens of drafts from logs, where a front end sends one in the address."""

import re

from core.log_redaction import RedactingFilter


class RedactTokens(RedactingFilter):
    pattern = re.compile(r"([?&]token=)[^&\s]+")
