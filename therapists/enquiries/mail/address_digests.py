"""Whether an e-mail went to an address, without storing that: only who has a key can tell."""

from core.encryption.digests import keyed_digest
from core.encryption.keyring import keyring

PURPOSE = "address of an e-mail"


def address_digest(address: str) -> str:
    """Return the digest that is stored with an e-mail, made with the current key."""
    keys = keyring()
    return keyed_digest(PURPOSE, address.casefold(), keys.current_id, keys)


def possible_digests(address: str) -> list[str]:
    """Return what may be stored for an address, with each key."""
    keys = keyring()
    return [keyed_digest(PURPOSE, address.casefold(), key_id, keys) for key_id in keys.keys]
