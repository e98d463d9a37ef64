"""What a backup says of itself, signed with the site's key: nobody slips in one of their own."""

import hmac
import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from core.backups.errors import BackupError
from core.encryption.digests import keyed_digest
from core.encryption.keyring import keyring

FORMAT = 1
FILE_NAME = "manifest.json"
PURPOSE = "backup manifest"


@dataclass(frozen=True)
class EncryptedFile:
    """A file of a backup: its size and digest as it lies there."""

    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """The keys themselves are not in it: their ids say which are needed."""

    made_at: datetime
    postgres_version: int
    dump_version: int
    key_ids: list[str]
    uploads: int
    database: EncryptedFile
    media: EncryptedFile

    @property
    def size(self) -> int:
        return self.database.size + self.media.size


def write(manifest: Manifest, folder: Path) -> None:
    text = json.dumps({"format": FORMAT, **asdict(manifest)}, default=datetime.isoformat, indent=2)
    signature = keyed_digest(PURPOSE, text, keyring().current_id, keyring())
    (folder / FILE_NAME).write_text(json.dumps({"signature": signature, "signed": text}, indent=2))


def read(folder: Path) -> Manifest:
    """Read and check it. Raise BackupError where this site's keys cannot have signed it."""
    try:
        stored = json.loads((folder / FILE_NAME).read_text())
        fields = json.loads(stored["signed"])
        if fields.pop("format") != FORMAT:
            raise BackupError(f"{folder.name} was made by another version of this program.")
        manifest = Manifest(
            **fields
            | {
                "made_at": datetime.fromisoformat(fields["made_at"]),
                "database": EncryptedFile(**fields["database"]),
                "media": EncryptedFile(**fields["media"]),
            }
        )
    except FileNotFoundError:
        raise BackupError(f"{folder} is no backup: it has no {FILE_NAME}.") from None
    except (ValueError, KeyError, TypeError):
        raise BackupError(f"The {FILE_NAME} of {folder.name} is damaged.") from None
    _check_keys(manifest, stored["signed"], stored["signature"])
    return manifest


def _check_keys(manifest: Manifest, signed: str, signature: str) -> None:
    keys = keyring()
    if missing := [key_id for key_id in manifest.key_ids if key_id not in keys.keys]:
        raise BackupError(
            f"ENCRYPTION_KEYS lacks {', '.join(missing)}: what visitors wrote in this backup is sealed "
            "with it, and could not be read. Add the key from where you keep it."
        )
    if not hmac.compare_digest(keyed_digest(PURPOSE, signed, manifest.key_ids[0], keys), signature):
        raise BackupError(
            f"This backup was signed with another key than {manifest.key_ids[0]} of ENCRYPTION_KEYS."
        )
