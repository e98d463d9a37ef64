"""For the tests: fast hashing, media in a folder that is thrown away, mail kept in memory."""

import atexit
import shutil
import tempfile

from config.embedded_database import LOCAL, ensure_database_url
from config.memory_folder import memory_folder

# A server of the tests' own: what a crash would lose of it is made anew. Most modules have a copy of a
# database of their own, which takes a twentieth of the time in memory.
EMBEDDED_DATABASE_DIRECTORY = (memory_folder("practice-tests") or LOCAL) / "test-postgres"
ensure_database_url(
    EMBEDDED_DATABASE_DIRECTORY,
    fsync="off",
    synchronous_commit="off",
    full_page_writes="off",
    autovacuum="off",
    max_wal_size="256MB",
)

from .base import *

SECRET_KEY = "tests"
ALLOWED_HOSTS = ["*"]
BASE_URL = "http://testserver"
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAILAPI_BASE_URL = BASE_URL
ENCRYPTION_KEYS = ["test:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="]
# Passkeys work on localhost without HTTPS.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
# Tests of the second step ask for it themselves.
REQUIRE_SECOND_FACTOR = "nobody"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
INSTALLED_APPS = ["demo", *INSTALLED_APPS]
FOLDER = Path(tempfile.mkdtemp(prefix="practice-tests-"))
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
MAILBOX = FOLDER / "mailbox"
MEDIA_ROOT = str(FOLDER / "media")
BACKUP_ROOT = FOLDER / "backups"
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
STORAGES["erasures"]["OPTIONS"]["location"] = BACKUP_ROOT / "erasures"
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
# All tests of a process ask from one address, within a minute. Those of the throttles set rates of their own.
REST_FRAMEWORK = REST_FRAMEWORK | {
    "DEFAULT_THROTTLE_RATES": dict.fromkeys(REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"])
}
# Tests of kept answers ask for them themselves.
KEPT_ANSWERS_MEGABYTES = 0
WEBHOOK_DELAY_SECONDS = 0
# Whatever the environment says: tests report to nobody.
SENTRY_DSN = ""
