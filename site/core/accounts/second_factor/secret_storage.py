"""Encrypts the secrets of authenticator apps and recovery codes with ENCRYPTION_KEYS.

allauth encrypts before there is a row, so a secret is bound to its table and column, not to its row.
"""

import base64
from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction

from core.encryption.keyring import keyring
from core.encryption.sealing import Place, key_id_of, open_sealed, seal

_PLACE = Place(table="mfa_authenticator", column="data", row="")
#: The secret parts of an authenticator's data: of an app, and of recovery codes.
_SECRETS = ("secret", "seed")


def seal_secret(text: str) -> str:
    return base64.b64encode(seal(text, _PLACE, keyring())).decode()


def open_secret(sealed: str) -> str:
    return open_sealed(base64.b64decode(sealed), _PLACE, keyring())


def reseal_stale() -> int:
    """Reseal with the newest key, each row in its own transaction. Return the number of rows."""
    rows = Authenticator.objects.values_list("pk", "data")
    stale = [pk for pk, data in rows if _stale_parts(data)]
    for pk in stale:
        with transaction.atomic():
            factor = Authenticator.objects.select_for_update().filter(pk=pk).first()
            if factor is None:
                continue
            for part in _stale_parts(factor.data):
                factor.data[part] = seal_secret(open_secret(factor.data[part]))
            factor.save(update_fields=["data"])
    return len(stale)


def _stale_parts(data: dict[str, Any]) -> list[str]:
    newest = keyring().current_id
    return [part for part in _SECRETS if part in data and key_id_of(base64.b64decode(data[part])) != newest]
