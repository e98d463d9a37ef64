"""Signed links: each opens one thing for one purpose. The row decides whether it is still open.

A therapist's links carry when they were made, because each has an end: letters are passed on, and mailboxes
are read by others years later. A visitor's has none: it ends when the enquiry is erased.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils import timezone

from therapists.models import TherapistPage, TherapistPrivate


class Purpose(StrEnum):
    STATUS = "status"
    OFFER = "offer"
    INTRODUCTION = "introduction"
    #: A therapist's own page.
    THERAPIST = "therapist"


#: Links from before they carried a time.
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
_SEPARATOR = "."


@dataclass(frozen=True)
class SignedLink:
    """What a token says, once its signature holds."""

    key: UUID
    made_at: datetime


def _signer(purpose: str) -> Signer:
    return Signer(sep=_SEPARATOR, salt=f"therapists.enquiries.signed_links.{purpose}")


def token(purpose: Purpose, key: UUID, made_at: datetime | None = None) -> str:
    """Return a token for one thing. One that stands for another one's end carries that one's time."""
    if purpose == Purpose.STATUS:
        return _signer(purpose).sign(key.hex)
    return _with_time(_signer(purpose), key, made_at)


def read_link(purpose: Purpose, value: str) -> SignedLink | None:
    """Return what was signed for this purpose, or None."""
    try:
        return _read(_signer(purpose), value)
    except (BadSignature, ValueError):
        return None


def read_token(purpose: Purpose, value: str) -> UUID | None:
    """Return the key that was signed for this purpose, or None."""
    link = read_link(purpose, value)
    return link.key if link else None


def _with_time(signer: Signer, key: UUID, made_at: datetime | None = None) -> str:
    seconds = int((made_at or timezone.now()).timestamp())
    return signer.sign(f"{key.hex}{_SEPARATOR}{seconds}")


def _read(signer: Signer, value: str) -> SignedLink:
    key, _separator, seconds = signer.unsign(value).partition(_SEPARATOR)
    return SignedLink(UUID(key), datetime.fromtimestamp(int(seconds), UTC) if seconds else LONG_AGO)


def therapist_token(private: TherapistPrivate, made_at: datetime | None = None) -> str:
    """Return the token of a therapist's own page. It opens nothing any more once their address changes."""
    return _with_time(_therapist_signer(private), private.therapist.translation_key, made_at)


def therapist_of(value: str) -> tuple[TherapistPage, datetime] | None:
    """Return the therapist whose own page a token is for, and when it was made; or None."""
    try:
        key = UUID(value.partition(_SEPARATOR)[0])
    except ValueError:
        return None
    records = TherapistPrivate.objects.filter(therapist__translation_key=key).select_related("therapist")
    # A translation of a profile may have a record of its own.
    for private in records:
        with suppress(BadSignature):
            made_at = _read(_therapist_signer(private), value).made_at
            if private.links_ended_at is None or made_at >= private.links_ended_at:
                return private.therapist, made_at
    return None


def own_page_has_ended(made_at: datetime) -> bool:
    return made_at + timedelta(days=settings.ENQUIRY_OWN_PAGE_LINK_DAYS) < timezone.now()


def _therapist_signer(private: TherapistPrivate) -> Signer:
    return _signer(f"{Purpose.THERAPIST}.{private.therapist_id}.{private.offer_email}")


def therapist_address(private: TherapistPrivate) -> str:
    """Return the whole address of a therapist's own page, for an e-mail."""
    return settings.BASE_URL + reverse("enquiries:therapist", args=[therapist_token(private)])


def address(purpose: Purpose, key: UUID) -> str:
    """Return the whole address, for an e-mail."""
    return settings.BASE_URL + reverse(f"enquiries:{purpose}", args=[token(purpose, key)])
