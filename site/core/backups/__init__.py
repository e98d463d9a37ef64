"""Encrypted backups of the database and the uploads, and how they come back. The keys are in none of them."""

from .errors import BackupError

__all__ = ["BackupError"]
