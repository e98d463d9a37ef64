"""What each opening of the form carries: a key that makes it one enquiry, and when it was opened.

Together with a field that people never see, it keeps most robots out without asking anyone to prove
that they are human.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Self
from uuid import UUID, uuid4

from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.utils.translation import gettext as _

#: No one reads and answers the questions faster.
LEAST_AGE = timedelta(seconds=3)
MOST_AGE = timedelta(hours=24)

_signer = TimestampSigner(salt="therapists.matching.form.ticket")


@dataclass(frozen=True, slots=True)
class Ticket:
    key: UUID
    signed: str
    #: Why nothing may be sent with it yet; empty once it may.
    objection: str = ""

    @classmethod
    def new(cls, objection: str = "") -> Self:
        return cls._sign(uuid4(), objection)

    @classmethod
    def read(cls, signed: str) -> Self:
        """Always usable for going on. Where it cannot be used for sending, it says why and is renewed."""
        try:
            key = UUID(_signer.unsign(signed))
        except (BadSignature, ValueError):
            return cls.new(_("Something went wrong between this page and us. Please send it once more."))
        if _is_younger(signed, LEAST_AGE):
            return cls(key, signed, _("That was very quick. Please check your answers and send them again."))
        if not _is_younger(signed, MOST_AGE):
            return cls._sign(
                key,
                _("This page was open for more than a day. Please check your answers and send them again."),
            )
        return cls(key, signed)

    @staticmethod
    def is_ours(signed: str) -> bool:
        """Return whether we signed it, whenever that was."""
        try:
            _signer.unsign(signed)
        except BadSignature:
            return False
        return True

    @classmethod
    def _sign(cls, key: UUID, objection: str) -> Self:
        return cls(key, _signer.sign(str(key)), objection)


def _is_younger(signed: str, age: timedelta) -> bool:
    try:
        _signer.unsign(signed, max_age=age)
    except SignatureExpired:
        return False
    return True
