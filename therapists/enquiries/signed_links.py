"""Signed links: each opens one thing for one purpose. The row decides whether it is still open."""

from contextlib import suppress
from enum import StrEnum
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from therapists.models import TherapistPage, TherapistPrivate


class Purpose(StrEnum):
    STATUS = "status"
    OFFER = "offer"
    INTRODUCTION = "introduction"
    #: A therapist's own page.
    THERAPIST = "therapist"


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


def therapist_token(private: TherapistPrivate) -> str:
    """Return the token of a therapist's own page. It opens nothing any more once their address changes."""
    return _therapist_signer(private).sign(private.therapist.translation_key.hex)


def therapist_of(value: str) -> TherapistPage | None:
    """Return the therapist whose own page a token opens, or None."""
    try:
        key = UUID(value.partition(".")[0])
    except ValueError:
        return None
    records = TherapistPrivate.objects.filter(therapist__translation_key=key).select_related("therapist")
    # A translation of a profile may have a record of its own.
    for private in records:
        with suppress(BadSignature):
            _therapist_signer(private).unsign(value)
            return private.therapist
    return None


def _therapist_signer(private: TherapistPrivate) -> Signer:
    purpose = f"{Purpose.THERAPIST}.{private.therapist_id}.{private.offer_email}"
    return Signer(sep=".", salt=f"therapists.enquiries.signed_links.{purpose}")


def therapist_address(private: TherapistPrivate) -> str:
    """Return the whole address of a therapist's own page, for an e-mail."""
    return settings.BASE_URL + reverse("enquiries:therapist", args=[therapist_token(private)])


def address(purpose: Purpose, key: UUID) -> str:
    """Return the whole address, for an e-mail."""
    return settings.BASE_URL + reverse(f"enquiries:{purpose}", args=[token(purpose, key)])
