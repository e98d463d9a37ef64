"""Keep private links out of logs: whoever has one can open what it leads to."""

import re

from core.logs.redaction import RedactingFilter


class HidePrivateLinks(RedactingFilter):
    pattern = re.compile(r"(/enquiries/(?:new-link/)?(?:status|offer|introduction|therapist)/)[^/\s]+")
