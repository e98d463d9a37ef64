"""The `Authorization: Bearer` header (RFC 6750)."""

from django.http import HttpRequest
from rest_framework.request import Request

SCHEME = "Bearer"


def bearer_token(request: HttpRequest | Request) -> str:
    """Return the token of the header, or an empty text. The name of the scheme may be in any case."""
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == SCHEME.lower() else ""
