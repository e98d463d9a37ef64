"""Encryption of text fields: sealed before they reach the database, opened when they are read."""

from .fields import EncryptedTextField, Sealed
from .sealing import CannotOpen

__all__ = ["CannotOpen", "EncryptedTextField", "Sealed"]
