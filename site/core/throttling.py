"""Holds back whoever asks very often: the API's endpoints and the site's own forms count together.

How often is too often is said for each scope by `API_THROTTLE_…` in the environment.
"""

from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from rest_framework.request import Request
from rest_framework.settings import api_settings
from rest_framework.throttling import SimpleRateThrottle


class AddressThrottle(SimpleRateThrottle):
    """Counts by the address that asks. The cache keeps a digest of it that only this site can make."""

    def __init__(self, scope: str) -> None:
        self.scope = scope
        super().__init__()

    def get_rate(self) -> str | None:
        """None where nobody is held back. Read anew: REST framework keeps what it read when imported."""
        return api_settings.DEFAULT_THROTTLE_RATES[self.scope]

    def get_cache_key(self, request: Request | HttpRequest, view: object) -> str:
        digest = salted_hmac("core.throttling", self.get_ident(request) or "", algorithm="sha256").hexdigest()
        return self.cache_format % {"scope": self.scope, "ident": digest}


def seconds_to_wait(request: HttpRequest, scope: str) -> int | None:
    """Counts this request, or says how long whoever sent it is held back."""
    throttle = AddressThrottle(scope)
    if throttle.allow_request(request, view=None):
        return None
    return int(throttle.wait() or 0) + 1
