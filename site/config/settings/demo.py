"""For `make demo`: as in production, but for this machine alone, with a mailbox in place of e-mail.

The secrets are made once and kept under `.local/`.
"""

from config.embedded_database import DATA_DIRECTORY, LOCAL, ensure_database_url
from config.local_secrets import local_secret

ensure_database_url()

from .base import *

PORT = env.int("PORT", default=8000)
SECRET_KEY = local_secret("secret_key")
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
BASE_URL = f"http://localhost:{PORT}"
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAILAPI_BASE_URL = BASE_URL
# No phone is needed. To try the second step: REQUIRE_SECOND_FACTOR=sensitive
REQUIRE_SECOND_FACTOR = env("REQUIRE_SECOND_FACTOR", default="nobody")
# Another front end under way on the same machine, served where Astro does, may ask and hear of changes.
CORS_ALLOWED_ORIGINS = CORS_ALLOWED_ORIGINS or ["http://localhost:4321"]
WEBHOOK_ALLOWED_HOSTS = WEBHOOK_ALLOWED_HOSTS or ["localhost", "127.0.0.1"]
ENCRYPTION_KEYS = [f"demo:{local_secret('encryption_key')}"]
INSTALLED_APPS = ["demo", *INSTALLED_APPS]
EMBEDDED_DATABASE_DIRECTORY = DATA_DIRECTORY
MAILBOX = LOCAL / "mailbox"
MAILERS = {"default": {"BACKEND": "demo.mailbox.MailboxBackend", "OPTIONS": {"path": MAILBOX}}}
BACKUP_ROOT = LOCAL / "backups"
STORAGES["erasures"]["OPTIONS"]["location"] = BACKUP_ROOT / "erasures"
# No reverse proxy stands in front of the demo to serve media.
SERVE_MEDIA = True
STATIC_ROOT = LOCAL / "collected"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
LOGGING |= {"root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="WARNING")}}
