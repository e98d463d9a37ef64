"""Keep what a visitor has answered between the pages of the form: sealed, for an hour, and for them alone.

The name of the row and the key that seals it are both made of a token that only the visitor's cookie holds.
"""

import secrets
from datetime import timedelta

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.utils import timezone

from core.encryption.keyring import KEY_BYTES, Keyring
from core.encryption.sealing import CannotOpen, Place, open_sealed, seal
from therapists.enquiries.models import EnquiryDraft

#: After the last answer. WCAG 2.2.6: each page says it.
LIFETIME = timedelta(hours=1)
_PURPOSE = b"therapists.enquiries.drafts"


def new_token() -> str:
    return secrets.token_urlsafe(32)


def read_draft(token: str, *, lock: bool = False) -> str | None:
    """Return what is kept under this token, or None where nothing is, any more or yet."""
    name, keys = _derived(token)
    drafts = EnquiryDraft.objects.filter(name=name, expires_at__gt=timezone.now())
    row = (drafts.select_for_update() if lock else drafts).first()
    if row is None:
        return None
    try:
        return open_sealed(bytes(row.sealed), _place(name), keys)
    except CannotOpen:
        return None


def keep_draft(token: str, text: str) -> None:
    """Keep this text in place of what was kept, for another hour."""
    name, keys = _derived(token)
    EnquiryDraft.objects.update_or_create(
        name=name,
        defaults={"sealed": seal(text, _place(name), keys), "expires_at": timezone.now() + LIFETIME},
    )


def erase_draft(token: str) -> None:
    EnquiryDraft.objects.filter(name=_derived(token)[0]).delete()


def purge_drafts() -> int:
    """Erase what is past its hour, and return how many that were."""
    erased, _by_model = EnquiryDraft.objects.filter(expires_at__lte=timezone.now()).delete()
    return erased


def _derived(token: str) -> tuple[str, Keyring]:
    """Return the name of the row and the key that opens it. From the one nobody gets to the other."""
    kdf = HKDF(algorithm=SHA256(), length=2 * KEY_BYTES, salt=None, info=_PURPOSE)
    made = kdf.derive(token.encode())
    return made[:KEY_BYTES].hex(), Keyring(current_id="token", keys={"token": made[KEY_BYTES:]})


def _place(name: str) -> Place:
    return Place(EnquiryDraft._meta.db_table, "sealed", name)
