"""Erase what a restored backup has brought back."""

from datetime import date, datetime

from core.backups import BackupError
from therapists.enquiries.models import LegalHold
from therapists.enquiries.services.erasures import CannotTell, any_is_noted, erased_since
from therapists.enquiries.services.retention import erase


def erase_again(day: date) -> int:
    """Erase what was erased on that day or later, and return how many enquiries were. Raise CannotTell.

    A legal hold on one of them was lifted before it was erased.
    """
    enquiries = erased_since(day)
    for key in enquiries:
        LegalHold.objects.filter(enquiry=key).delete()
        erase(key, is_over=True)  # its therapist was told when it was erased first
    return len(enquiries)


def erase_after_restoring(sender: None, made_at: datetime, **kwargs: object) -> str:
    """Receive `site_restored`. Raise BackupError where it cannot be told what was erased since."""
    try:
        erased = erase_again(made_at.date())
    except CannotTell as error:
        raise BackupError(
            f"The backup is restored, but what was erased since then is not erased again yet: "
            f"ENCRYPTION_KEYS lacks {error}. Add that key and run: {_command(made_at)}"
        ) from error
    if not any_is_noted():
        return "No erasure is noted. If any was, bring those notes back, and run: " + _command(made_at)
    return f"Erased again what was erased since then: {erased}."


def _command(made_at: datetime) -> str:
    return f"manage.py erase_again {made_at:%Y-%m-%d}"
