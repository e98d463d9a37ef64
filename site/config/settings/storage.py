"""Static files, uploads, backups, and the bucket that holds them on several machines."""

from pathlib import Path
from typing import Any

from core.bucket_storages import bucket_storages

from .environment import ROOT, SITE, env

STATIC_URL = "/static/"
STATIC_ROOT = env.path("STATIC_ROOT", default=str(SITE / "collected"))
STATICFILES_DIRS = [SITE / "static"]
STATICFILES_FINDERS = [
    "core.stylesheet.StylesheetFinder",
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
STYLESHEET_PARTS = SITE / "static" / "css"
STYLESHEET_ROOT = ROOT / ".local" / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = env.path("MEDIA_ROOT", default=str(ROOT / "media"))
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "core.static_files_storage.CompressedStaticFilesStorage"},
}

# Backups: encrypted to these public keys of age, and kept in a folder of which you keep a copy elsewhere.
BACKUP_ROOT = Path(env("BACKUP_ROOT", default=str(ROOT / "backups")))
BACKUP_RECIPIENTS = env.list("BACKUP_RECIPIENTS", default=[])
# The newest of each of so many days, weeks and months.
BACKUP_KEEP_DAILY = env.int("BACKUP_KEEP_DAILY", default=7)
BACKUP_KEEP_WEEKLY = env.int("BACKUP_KEEP_WEEKLY", default=4)
BACKUP_KEEP_MONTHLY = env.int("BACKUP_KEEP_MONTHLY", default=0)
# What was erased, so that a restored backup forgets it too: kept outside the database.
STORAGES["erasures"] = {
    "BACKEND": "django.core.files.storage.FileSystemStorage",
    "OPTIONS": {
        "location": BACKUP_ROOT / "erasures",
        "file_permissions_mode": 0o600,
        "directory_permissions_mode": 0o700,
    },
}
# All of these in a bucket, in place of folders, where the site runs on several machines.
MEDIA_BUCKET = env("MEDIA_BUCKET", default="")
MEDIA_PUBLIC_URL = env("MEDIA_PUBLIC_URL", default="")
if MEDIA_BUCKET:
    STORAGES |= bucket_storages(
        MEDIA_BUCKET,
        endpoint=env("MEDIA_ENDPOINT", default=""),
        region=env("MEDIA_REGION", default=""),
        public_url=MEDIA_PUBLIC_URL,
    )
    WAGTAILIMAGES_RENDITION_STORAGE = "renditions"
# The folder of pg_dump and pg_restore, where the right ones are not found by themselves.
POSTGRES_PROGRAMS = env("POSTGRES_PROGRAMS", default="")
