"""Signed links: each opens one thing for one purpose. The row decides whether it is still open."""

from enum import StrEnum
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse


class Purpose(StrEnum):
    STATUS = "status"
    OFFER = "offer"
    INTRODUCTION = "introduction"


def _signer(purpose: Purpose) -> Signer:
    return Signer(sep=".", salt=f"therapists.enquiries.signed_links.{purpose}")


def token(purpose: Purpose, key: UUID) -> str:
    return _signer(purpose).sign(key.hex)


def read_token(purpose: Purpose, value: str) -> UUID | None:
    """Return the key that was signed for this purpose, or None."""
    try:
        return UUID(_signer(purpose).unsign(value))
    except (BadSignature, ValueError):
        return None


def address(purpose: Purpose, key: UUID) -> str:
    """Return the whole address, for an e-mail."""
    return settings.BASE_URL + reverse(f"enquiries:{purpose}", args=[token(purpose, key)])
