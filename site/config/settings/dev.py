"""For work on the code: errors in the browser, mail on the console."""

from config.embedded_database import LOCAL, ensure_database_url

ensure_database_url()

from .base import *

DEBUG = True
SECRET_KEY = SECRET_KEY or "for development only, never for a site that people reach"
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
BASE_URL = BASE_URL or "http://localhost:8000"
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAILAPI_BASE_URL = BASE_URL
# No phone is needed. To try the second step: REQUIRE_SECOND_FACTOR=sensitive
REQUIRE_SECOND_FACTOR = env("REQUIRE_SECOND_FACTOR", default="nobody")
# Another front end under way on the same machine may hear of changes.
WEBHOOK_ALLOWED_HOSTS = WEBHOOK_ALLOWED_HOSTS or ["localhost", "127.0.0.1"]
# For development only: thirty-two zero bytes.
ENCRYPTION_KEYS = ENCRYPTION_KEYS or ["dev:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="]
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.console.EmailBackend"}}
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
BACKUP_ROOT = LOCAL / "backups"
STORAGES["erasures"]["OPTIONS"]["location"] = BACKUP_ROOT / "erasures"
# Templates and code change under one's hands.
KEPT_ANSWERS_MEGABYTES = 0
WEBHOOK_DELAY_SECONDS = 0
# Passkeys work on localhost without HTTPS.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
