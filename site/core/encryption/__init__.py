"""Text that only this site can read: sealed before it reaches the database, opened when a person looks."""

from .fields import EncryptedTextField, Sealed
from .sealing import CannotOpen

__all__ = ["CannotOpen", "EncryptedTextField", "Sealed"]
